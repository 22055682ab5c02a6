using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Drafts.Scheduling;

/// <summary>Lists what is to be posted.</summary>
public sealed class ListScheduledPosts(IDocumentStore documents, PostScheduling scheduling, Cursors cursors)
{
    /// <summary>List your scheduled posts, the one scheduled last first.</summary>
    /// <remarks>Those that are published are not among them; those that could not be, are.</remarks>
    [Function(nameof(ListScheduledPosts))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<ScheduledPost>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/scheduled")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var list = $"scheduled:{me}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        var query = new DocumentQuery(me, page.Limit) { From = Ids.First, To = Ids.End, Descending = true };
        var found = await documents.QueryAsync<ScheduledPostDocument>(query.After(page.After), cancellationToken);
        var shown = (await scheduling.ShapeAsync([.. found.Items.Where(one => one.Status != ScheduledPostStatus.Published)], cancellationToken)).ToDictionary(one => one.Id, StringComparer.Ordinal);
        return TypedResults.Ok(page.Of(found, [.. found.Items.Select(one => shown.GetValueOrDefault(one.Id))], cursors, list));
    }
}
