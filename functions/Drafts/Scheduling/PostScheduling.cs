using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Drafts.Scheduling;

/// <summary>Takes posts that are to be written later, and shows them to those who will have written them.</summary>
public sealed class PostScheduling(
    IDocumentStore documents, PostWriter posts, DraftPosting drafts, DraftPictures pictures, RateLimiter limits, TimeProvider time)
{
    /// <summary>Posts that may wait for their time; a few more if requests come at once.</summary>
    public const int MostWaiting = 300;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>What is wrong with a time to publish at, or null.</summary>
    public static Error? TimeProblem(DateTimeOffset at, DateTimeOffset now) =>
        at <= now || at > now + Longest ? new InvalidFields("publishAt", "A time in the future, at most a year ahead.") : null;

    /// <summary>Schedules a post under an id. One that is there under it is this one.</summary>
    /// <returns>The scheduled post, or the error to answer with.</returns>
    public async Task<Outcome<ScheduledPost>> ScheduleAsync(
        HttpRequest http, string id, string ownerId, NewPost request, PostContent? whole, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<ScheduledPostDocument>(ownerId, id, cancellationToken) is { } there)
        {
            return await ShapeAsync(there, cancellationToken);
        }

        if (TimeProblem(at, time.GetUtcNow()) is { } never)
        {
            return never;
        }

        var postId = OwnedIds.Make(Ids.New(at), ownerId);
        var refused = await drafts.PostAsync(request, whole, ownerId, postId, content => KeepAsync(http, id, postId, ownerId, request, content, at, cancellationToken), cancellationToken);
        return refused is not null ? refused
            : await documents.FindAsync<ScheduledPostDocument>(ownerId, id, cancellationToken) is { } kept ? await ShapeAsync(kept, cancellationToken)
            : new Missing("scheduled post");
    }

    /// <summary>Shows a scheduled post.</summary>
    public async ValueTask<ScheduledPost> ShapeAsync(ScheduledPostDocument scheduled, CancellationToken cancellationToken) => (await ShapeAsync([scheduled], cancellationToken))[0];

    /// <summary>Shows scheduled posts.</summary>
    public async ValueTask<IReadOnlyList<ScheduledPost>> ShapeAsync(IReadOnlyList<ScheduledPostDocument> scheduled, CancellationToken cancellationToken)
    {
        var shown = await pictures.ShapeAsync([.. scheduled.Select(one => (one.OwnerId, one.Content))], cancellationToken);
        return [.. scheduled.Select((one, i) => ScheduledPost.Of(one, shown[i]))];
    }

    private async ValueTask<Error?> KeepAsync(
        HttpRequest http, string id, string postId, string ownerId, NewPost request, PostContent content, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var there = await documents.QueryAsync<Bare<ScheduledPostDocument>>(new DocumentQuery(ownerId, MostWaiting), cancellationToken);
        if (there.Items.Count >= MostWaiting)
        {
            return new TooManyScheduled();
        }

        var refused = await posts.RefusalAsync(ownerId, content, cancellationToken)
            ?? await limits.ChargeAsync(http, Bucket.Posts)
            ?? await pictures.KeepAsync(ownerId, id, content.MediaIds, postId: null, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        // A conflict means that the same request was faster elsewhere.
        (await documents.CreateAsync(
            new ScheduledPostDocument
            {
                Id = id,
                OwnerId = ownerId,
                Content = DraftContent.Of(content, request),
                PublishAt = at.ToUniversalTime(),
                PostId = postId,
                WorkSince = time.GetUtcNow(),
                TraceParent = Activity.Current?.Id,
            },
            cancellationToken)).NotThrottled();
        return null;
    }
}
