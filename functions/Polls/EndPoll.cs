using System.Diagnostics;
using ServerlessSocial.Filters;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Polls;

/// <summary>Tells those who voted, and the author, that a poll is closed: a message lies in the queue until then, and its entry in the waiting index says of which post.</summary>
public sealed class EndPoll(IDocumentStore documents, Dispatcher dispatcher, Worker worker, Notifier notifier, TimeProvider time)
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "poll-ends";

    private const int VotersAtOnce = 200;

    /// <summary>Declares the queue.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Runs when a poll is to be closed, and for each further page of those who voted.</summary>
    [Function(nameof(EndPoll))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunNotedAsync<PostDocument>(Queue, message, post => EndAsync(message, post, cancellationToken), cancellationToken);

    /// <summary>Has a visible post's poll looked at when it is closed. The pipeline of posts calls this whenever it shows the post; once it is closed there is nothing to arrange.</summary>
    internal static Task ScheduleAsync(Dispatcher dispatcher, PostDocument post, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (post is not { IsVisible: true, PollClosesAt: { } end } || end <= now)
        {
            return Task.CompletedTask;
        }

        var message = new WorkMessage(post.AuthorId, post.Id, 0) { TraceParent = Activity.Current?.Id ?? post.TraceParent };
        var work = dispatcher.Waiting(Queue, WaitingDocument.IdOf(post.AuthorId, post.Id), message with { WaitingId = WaitingDocument.IdOf(post.AuthorId, post.Id) }) with { DueAt = end + Dispatcher.Patience };
        return dispatcher.SendAsync([work], cancellationToken, end, nameless: true);
    }

    /// <summary>The note of a post's poll, for whoever deletes the post.</summary>
    public static DocumentKey NoteOf(Dispatcher dispatcher, PostDocument post) => dispatcher.NotesOf([Queue], post.AuthorId, post.Id).Single();

    private async Task EndAsync(WorkMessage message, PostDocument post, CancellationToken cancellationToken)
    {
        if (post is not { IsVisible: true, PollClosesAt: { } end })
        {
            await dispatcher.StrikeAsync(Queue, message.WaitingId!, cancellationToken);
            return;
        }

        if (time.GetUtcNow() < end)
        {
            // The queue's clock is ahead of this one.
            await dispatcher.SendLaterAsync(Queue, message, end, cancellationToken);
            return;
        }

        var query = new DocumentQuery(PollVotes.SubjectOf(post.Id), VotersAtOnce).WithPrefix(PollVotes.VoterMarks).After(message.After);
        var voters = await documents.QueryAsync<Bare<TallyMark>>(query, cancellationToken);
        var told = voters.Items.Select(mark => NotificationOf(post, mark.Id[PollVotes.VoterMarks.Length..], end, "A poll you voted in is closed."));
        List<NotificationDocument> all = [.. message.After is null ? told.Append(NotificationOf(post, post.AuthorId, end, "Your poll is closed.")) : told];
        var filters = await documents.ReadManyAsync([.. all.Select(one => FiltersDocument.KeyOf(one.OwnerId))], cancellationToken);
        await notifier.TellAsync(all.Where(one => !filters.MutesThread(one.OwnerId, post.RootId)), cancellationToken);
        if (voters.Next is { } next)
        {
            await dispatcher.SendLaterAsync(Queue, message.Untried() with { After = next }, time.GetUtcNow(), cancellationToken);
        }
        else
        {
            await dispatcher.StrikeAsync(Queue, message.WaitingId!, cancellationToken);
        }
    }

    /// <summary>One for each poll and person, whoever repeats the step. Its id sorts by when the poll closed.</summary>
    private static NotificationDocument NotificationOf(PostDocument post, string ownerId, DateTimeOffset end, string text) => new()
    {
        Id = NotificationDocument.IdOf(Ids.At(end, post.Id), NotificationKind.Poll),
        OwnerId = ownerId,
        Kind = NotificationKind.Poll,
        PostId = post.Id,
        Text = text,
        CreatedAt = end,
    };
}
