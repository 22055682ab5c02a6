using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Shows how a post came to its moderation state.</summary>
public sealed class ListDecisions(IDocumentStore documents, PostReader reader, Cursors cursors)
{
    /// <summary>List the moderation decisions about a post with their reasons, newest first.</summary>
    /// <remarks>For the post's author, who sees what was decided, why, when, and whether by a machine or a person; moderators see the scores too.</remarks>
    [Function(nameof(ListDecisions))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Decision>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "posts/{id}/moderation")] HttpRequest http,
        string id,
        CancellationToken cancellationToken)
    {
        var list = $"posts/{id}/moderation";
        var (page, error) = PageRequest.Read(http, cursors, list);
        if (error is not null)
        {
            return error;
        }

        var viewer = Viewer.Of(http);
        var post = await reader.FindAsync(id, viewer, Place.Post, cancellationToken);
        if (post is null || !(viewer.IsModerator || viewer.ProfileId == post.AuthorId))
        {
            return new Missing("post");
        }

        var cases = await documents.QueryAsync<CaseDocument>(new DocumentQuery(id, page.Limit) { Descending = true }.After(page.After), cancellationToken);
        var decisions = cases.Items.Select(document => Decision.Of(document, forModerator: viewer.IsModerator && viewer.ProfileId != post.AuthorId)).ToList();
        var count = page.Budget.TakeOf(decisions);
        return TypedResults.Ok(new Page<Decision>(decisions[..count], cursors.Make(list, count < decisions.Count ? cases.Items[count - 1].Id : cases.Next)));
    }
}
