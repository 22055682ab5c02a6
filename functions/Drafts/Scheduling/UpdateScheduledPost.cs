using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Drafts.Scheduling;

/// <summary>What to change about a scheduled post: what is left out stays as it is, null empties.</summary>
[Example("""{ "publishAt": "2026-11-24T09:00:00.000Z" }""")]
public sealed record ScheduledPostChanges : DraftChanges
{
    /// <summary>When to write it instead: in the future, at most a year ahead.</summary>
    public DateTimeOffset? PublishAt { get; init; }
}

/// <summary>Changes what is to be posted.</summary>
public sealed class UpdateScheduledPost(IDocumentStore documents, PostScheduling scheduling, PostWriter posts, DraftPictures pictures, TimeProvider time)
{
    /// <summary>Change a scheduled post of yours, or choose another time.</summary>
    /// <remarks>One that could not be published needs a new <c>publishAt</c>, and is tried again then.</remarks>
    [Function(nameof(UpdateScheduledPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(ScheduledPostChanges))]
    [IfMatch]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Ok<ScheduledPost>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "me/scheduled/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (changes, unreadable) = await http.ReadJsonAsync<ScheduledPostChanges>(cancellationToken);
        var me = http.Me();
        if ((unreadable ?? changes!.Problems(me)) is { } invalid)
        {
            return invalid;
        }

        if (!Ids.IsId(id) || await documents.FindAsync<ScheduledPostDocument>(me, id, cancellationToken) is not { } scheduled)
        {
            return new Missing("scheduled post");
        }

        if (EntityTag.Check(http, scheduled.Revision) is { } refusal)
        {
            return refusal;
        }

        if (scheduled.Status is ScheduledPostStatus.Publishing or ScheduledPostStatus.Published)
        {
            return new AlreadyPublished();
        }

        var content = changes!.ApplyTo(scheduled.Content);
        if (await ProblemAsync(scheduled, content, changes.PublishAt, cancellationToken) is { } problem)
        {
            return problem;
        }

        var changed = scheduled.With(content, changes.PublishAt?.ToUniversalTime() ?? scheduled.PublishAt, time.GetUtcNow()) with { TraceParent = Activity.Current?.Id };
        if ((await documents.ReplaceAsync(changed, cancellationToken)).NotThrottled() is not { IsDone: true, Document: { } written })
        {
            return new Changed();
        }

        EntityTag.Set(http, written.Revision);
        return TypedResults.Ok(await scheduling.ShapeAsync(written, cancellationToken));
    }

    private async ValueTask<Error?> ProblemAsync(ScheduledPostDocument scheduled, DraftContent content, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var when = at ?? scheduled.PublishAt;
        var (post, invalid) = PostContent.Read(content.FillIn(new NewPost()), scheduled.OwnerId);
        return invalid
            ?? (at is not null || scheduled.Status == ScheduledPostStatus.Failed ? PostScheduling.TimeProblem(when, time.GetUtcNow()) : null)
            ?? await posts.RefusalAsync(scheduled.OwnerId, post, cancellationToken)
            ?? await pictures.KeepAsync(scheduled.OwnerId, scheduled.Id, content.MediaIds, postId: null, cancellationToken);
    }
}
