using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Drafts.Scheduling;

/// <summary>Calls off what is to be posted.</summary>
public sealed class DeleteScheduledPost(IDocumentStore documents, DraftPictures pictures, Dispatcher dispatcher)
{
    /// <summary>Call off a scheduled post of yours.</summary>
    /// <remarks>Its pictures go a day later, unless they are in a post or draft by then.</remarks>
    [Function(nameof(DeleteScheduledPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "me/scheduled/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var me = http.Me();
        if (!Ids.IsId(id) || await documents.FindAsync<ScheduledPostDocument>(me, id, cancellationToken) is not { } scheduled)
        {
            return new Missing("scheduled post");
        }

        // A deletion asks for no ETag, so that first it is made sure that nobody is writing the post.
        var off = scheduled.Status == ScheduledPostStatus.Waiting
            ? await documents.UpdateReadAsync(scheduled, now => now.Status == ScheduledPostStatus.Waiting ? now.Failed("Called off.") : null, cancellationToken)
            : scheduled;
        if (off is { Status: ScheduledPostStatus.Publishing or ScheduledPostStatus.Published })
        {
            return new AlreadyPublished();
        }

        await pictures.LetGoAsync(me, scheduled.Content.MediaIds, cancellationToken);
        await documents.DeleteManyAsync(
            [DocumentKey.Of<ScheduledPostDocument>(me, id), .. dispatcher.NotesOf(ScheduledPostPipeline.Queues, me, id)], cancellationToken);
        return TypedResults.NoContent();
    }
}
