using ServerlessSocial.Filters;
using ServerlessSocial.Graph;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Posts;

/// <summary>Tells those a post concerns of it, if they may see it where notifications are read; and takes it back.</summary>
public sealed class PostNotifications(IDocumentStore documents, Notifier notifier)
{
    /// <summary>Tells everyone the post concerns.</summary>
    public async Task TellAsync(PostDocument post, CancellationToken cancellationToken)
    {
        var concerned = Concerned(post);
        if (concerned.Count == 0)
        {
            return;
        }

        var loaded = await documents.ReadManyAsync(
            [
                .. concerned.Select(entry => DocumentKey.Of<RelationDocument>(entry.OwnerId, post.AuthorId)),
                .. concerned.Select(entry => FiltersDocument.KeyOf(entry.OwnerId)),
            ],
            cancellationToken);
        await notifier.TellAsync(
            concerned
                .Where(entry => !loaded.MutesThread(entry.OwnerId, post.RootId) && PostRules.MaySee(
                    post, new Viewer(entry.OwnerId, IsModerator: false), loaded.Get<RelationDocument>(entry.OwnerId, post.AuthorId), Place.Notification))
                .Select(entry => new NotificationDocument
                {
                    Id = NotificationDocument.IdOf(EventIdOf(post), entry.Kind),
                    OwnerId = entry.OwnerId,
                    Kind = entry.Kind,
                    ActorId = post.AuthorId,
                    PostId = post.Id,
                    CreatedAt = post.VisibleSince ?? post.CreatedAt,
                }),
            cancellationToken);
    }

    /// <summary>Takes back whatever was told of the post.</summary>
    public Task WithdrawAsync(PostDocument post, CancellationToken cancellationToken) =>
        notifier.WithdrawAsync(Concerned(post).Select(entry => (entry.OwnerId, NotificationDocument.IdOf(EventIdOf(post), entry.Kind))), cancellationToken);

    /// <summary>Takes back what was told to those whom the post does not concern any more once it is edited.</summary>
    public Task WithdrawAsync(PostDocument before, PostDocument after, CancellationToken cancellationToken) => notifier.WithdrawAsync(
        Concerned(before).Except(Concerned(after)).Select(entry => (entry.OwnerId, NotificationDocument.IdOf(EventIdOf(before), entry.Kind))), cancellationToken);

    /// <summary>
    /// The event is the post's release: one that moderation took its time over must not slip in below what its reader has already read.
    /// </summary>
    private static string EventIdOf(PostDocument post) =>
        post.VisibleSince is { } released ? string.Concat(Ids.Lowest(released), post.Id.AsSpan(Ids.Lowest(released).Length)) : post.Id;

    /// <summary>Whom the post concerns, each once: who is answered need not be told of being mentioned or quoted too.</summary>
    internal static List<(string OwnerId, NotificationKind Kind)> Concerned(PostDocument post)
    {
        var all = new List<(string OwnerId, NotificationKind Kind)>();
        if (post.ReplyTo is { } parent)
        {
            all.Add((OwnedIds.OwnerOf(parent), NotificationKind.Reply));
        }

        if (post.Quote is { } quote)
        {
            all.Add((OwnedIds.OwnerOf(quote), NotificationKind.Quote));
        }

        all.AddRange(post.Mentions.Select(mention => (mention.ProfileId, NotificationKind.Mention)));
        return [.. all.Where(entry => entry.OwnerId != post.AuthorId && entry.OwnerId != OwnedIds.Nobody).DistinctBy(entry => entry.OwnerId)];
    }
}
