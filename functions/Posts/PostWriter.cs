using System.Diagnostics;
using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts.Text;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>Writes posts, for requests and for the worker of scheduled ones: once under an id, however often it is asked.</summary>
public sealed class PostWriter(IDocumentStore documents, PostReader reader, PostMediaBinder pictures, TimeProvider time)
{
    /// <summary>What a post costs its author.</summary>
    /// <param name="mentions">Whom it mentions.</param>
    /// <param name="answered">The post it answers; null for none.</param>
    /// <returns>Null, or the error to answer with.</returns>
    public delegate ValueTask<Error?> Charge(IReadOnlyList<PostMention> mentions, PostDocument? answered);

    /// <summary>Why the author may not write it as things stand, apart from its pictures; null if they may.</summary>
    public async ValueTask<Error?> RefusalAsync(string authorId, PostContent content, CancellationToken cancellationToken) =>
        (await LookAroundAsync(new Viewer(authorId, IsModerator: false), content, cancellationToken)).Refusal;

    /// <summary>Writes a post; one that is there under the id is this one.</summary>
    /// <param name="id">Id of the post.</param>
    /// <param name="authorId">Who writes it.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="charge">Asks the author for what it costs; null if that is paid.</param>
    /// <param name="cancellationToken">Stops it; it may be repeated.</param>
    /// <returns>The expected error, or null.</returns>
    public async ValueTask<Error?> WriteAsync(string id, string authorId, PostContent content, Charge? charge, CancellationToken cancellationToken)
    {
        var loaded = await documents.ReadManyAsync(
            [
                DocumentKey.Of<PostDocument>(authorId, id),
                .. content.Found.Mentions.Select(handle => DocumentKey.Of<HandleDocument>(handle, handle)),
                .. content.Spontaneous ? content.MediaIds.Select(picture => DocumentKey.Of<MediaDocument>(authorId, picture)) : [],
            ],
            cancellationToken);
        if (loaded.Get<PostDocument>(authorId, id) is not null)
        {
            return null;
        }

        if (content.Spontaneous && content.MediaIds.Any(picture => loaded.Get<MediaDocument>(authorId, picture) is { GeneratedBy: not null }))
        {
            return new InvalidFields("media", "A spontaneous post has no pictures by a model.");
        }

        var (answered, refusal) = await LookAroundAsync(new Viewer(authorId, IsModerator: false), content, cancellationToken);
        if ((refusal ?? (charge is null ? null : await charge(MentionsIn(content.Found.Mentions, loaded), answered))) is { } refused)
        {
            return refused;
        }

        var (media, notFree) = await pictures.BindAsync(id, content.MediaIds, cancellationToken);
        if (notFree is not null)
        {
            return notFree;
        }

        // First the notes of whom it names: their accounts may be deleted one day.
        var post = Compose(id, authorId, content, answered, media, loaded);
        if (PostReferences.Of(post) is { Count: > 0 } notes)
        {
            await documents.UpsertManyAsync(notes, cancellationToken);
        }

        // A conflict means that the same request was faster elsewhere.
        if ((await documents.CreateAsync(post, cancellationToken)).NotThrottled() is { Document: { } written })
        {
            PostMetrics.Written(written);
        }

        return null;
    }

    private async ValueTask<(PostDocument? Answered, Error? Refusal)> LookAroundAsync(Viewer author, PostContent content, CancellationToken cancellationToken)
    {
        var answered = await reader.FindAsync(content.ReplyTo, author, Place.Post, cancellationToken);
        var quoted = await reader.FindAsync(content.Quote, author, Place.Post, cancellationToken);
        var (mayAnswer, mayQuote) = await reader.MayAsync(answered, quoted, author, cancellationToken);
        return (answered, Refusal(content, answered, quoted, mayAnswer, mayQuote));
    }

    private static Error? Refusal(PostContent content, PostDocument? answered, PostDocument? quoted, bool mayAnswer, bool mayQuote) =>
        new Validation()
            .Require(content.ReplyTo is null || answered is not null, "replyTo", "There is no such post.")
            .Require(content.Quote is null || quoted is not null, "quote", "There is no such post.")
            .Error
        ?? (!mayAnswer ? new NotAnswerable() : !mayQuote ? new NotQuotable() : null);

    private PostDocument Compose(
        string id, string authorId, PostContent content, PostDocument? answered, IReadOnlyList<PostMedia> media, DocumentSet handles) => new()
        {
            Id = id,
            AuthorId = authorId,
            Text = content.Text,
            Media = media,
            Poll = content.Poll,
            Spontaneous = content.Spontaneous,
            ReplyTo = answered?.Id,
            RootId = answered?.RootId ?? id,
            Quote = content.Quote,
            Visibility = answered is { Visibility: PostVisibility.Followers } ? PostVisibility.Followers : content.Visibility,
            ContentWarning = content.ContentWarning,
            Language = content.Language,
            ReplyPolicy = content.ReplyPolicy,
            QuotePolicy = content.QuotePolicy,
            Tags = content.Found.Tags,
            Mentions = MentionsIn(content.Found.Mentions, handles),
            Moderation = new(ModerationStatus.Pending, null, null, null),
            CreatedAt = OwnedIds.TimeOf(id),
            WorkSince = time.GetUtcNow(),
            TraceParent = Activity.Current?.Id,
        };

    /// <summary>The people that a text mentions.</summary>
    public async ValueTask<IReadOnlyList<PostMention>> MentionsAsync(string text, CancellationToken cancellationToken)
    {
        var handles = TextEntities.Find(text).Mentions;
        return handles.Count == 0 ? []
            : MentionsIn(handles, await documents.ReadManyAsync([.. handles.Select(handle => DocumentKey.Of<HandleDocument>(handle, handle))], cancellationToken));
    }

    /// <summary>The people that handles name, those who have one.</summary>
    private static IReadOnlyList<PostMention> MentionsIn(IEnumerable<string> named, DocumentSet handles) =>
        [.. named
            .Select(handle => handles.Get<HandleDocument>(handle, handle))
            .OfType<HandleDocument>()
            .Where(handle => !handle.IsReserved)
            .Select(handle => new PostMention(handle.Id, handle.ProfileId))];
}
