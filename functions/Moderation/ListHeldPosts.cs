using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Shows moderators what waits for them.</summary>
public sealed class ListHeldPosts(IDocumentStore documents, PostReader reader, Cursors cursors, IOptions<ModerationOptions> options)
{
    private const string List = "moderation/held";

    /// <summary>List the posts that wait for a person's decision, held or appealed, oldest first.</summary>
    /// <remarks>For moderators. A post leaves the list once somebody has decided on it or its author has deleted it.</remarks>
    [Function(nameof(ListHeldPosts))]
    [Access(Access.Moderator)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<HeldPost>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "moderation/held")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (page, error) = PageRequest.Read(http, cursors, List);
        if (error is not null)
        {
            return error;
        }

        var entries = await ReadAsync(page, cancellationToken);
        var posts = await reader.ReadAsync([.. entries.Items.Select(entry => new PostReference(entry.Id, Place.Post))], Viewer.Of(http), cancellationToken);
        var held = entries.Items.Zip(posts, Present).OfType<HeldPost>();
        return TypedResults.Ok(new Page<HeldPost>([.. held], cursors.Make(List, entries.Next)));
    }

    /// <summary>The oldest of all partitions.</summary>
    private async Task<DocumentPage<ReviewDocument>> ReadAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var pages = await Task.WhenAll(ReviewDocument.Partitions(options.Value.ReviewShards).Select(partition =>
            documents.QueryAsync<ReviewDocument>(new DocumentQuery(partition, page.Limit).After(page.After), cancellationToken).AsTask()));
        var all = pages.SelectMany(part => part.Items).OrderBy(entry => entry.Id, StringComparer.Ordinal).ToList();
        return new([.. all.Take(page.Limit)], all.Count > page.Limit || pages.Any(part => part.HasMore));
    }

    /// <summary>The post has the last word on whether it waits; its entry follows a moment later.</summary>
    private static HeldPost? Present(ReviewDocument entry, Post? post) => post?.Moderation.Status switch
    {
        null or ModerationStatus.Approved or ModerationStatus.Pending => null,
        not ModerationStatus.Held when entry.Appeal is null => null,
        _ => new(post, entry.Scores ?? [], entry.By, entry.Appeal, entry.Since),
    };
}
