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

    /// <summary>Entries of a partition that are looked at, the oldest posts first: one query.</summary>
    private const int Horizon = 1_000;

    /// <summary>List the posts that wait for a person's decision, held or appealed, the most urgent first, one place for each author.</summary>
    /// <remarks>
    /// For moderators. First come posts for which a person may be in danger, then by what they may contain, then those that wait longest. Of each
    /// author the most urgent post is listed, with the number of those that wait; <c>author</c> lists all of one. A post leaves the list once
    /// somebody has decided on it or its author has deleted it.
    /// </remarks>
    [Function(nameof(ListHeldPosts))]
    [Access(Access.Moderator)]
    [Limit(Bucket.Reads)]
    [Paged]
    [QueryParameter("author", "Profile id of an author: lists each of their posts.", MaxLength = Ids.Length)]
    public async Task<Results<Ok<Page<HeldPost>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "moderation/held")] HttpRequest http, CancellationToken cancellationToken)
    {
        var author = http.Query["author"].ToString();
        var (page, error) = PageRequest.Read(http, cursors, $"{List}?{author}");
        if (error is not null)
        {
            return error;
        }

        var waiting = (await ReadAsync(cancellationToken)).Where(entry => author.Length == 0 || OwnedIds.OwnerOf(entry.Id) == author);
        var places = UrgentList.Arrange(waiting, entry => author.Length == 0 ? OwnedIds.OwnerOf(entry.Id) : entry.Id, entry => UrgencyOf(entry).SortKey(entry.Id))
            .Where(place => string.CompareOrdinal(place.SortKey, page.After) > 0)
            .ToList();
        List<UrgentPlace<ReviewDocument>> listed = [.. places.Take(page.Limit)];
        var posts = await reader.ReadAsync([.. listed.Select(place => new PostReference(place.First.Id, Place.Post))], Viewer.Of(http), cancellationToken);
        var held = listed.Zip(posts, Present).ToList();
        var count = page.Budget.TakeOf(held);
        return TypedResults.Ok(new Page<HeldPost>(
            [.. held.Take(count).OfType<HeldPost>()], cursors.Make($"{List}?{author}", places.Count > count ? listed[count - 1].SortKey : null)));
    }

    private async Task<IEnumerable<ReviewDocument>> ReadAsync(CancellationToken cancellationToken) =>
        (await Task.WhenAll(ReviewDocument.Partitions(options.Value.ReviewShards).Select(partition =>
            documents.QueryAsync<ReviewDocument>(new DocumentQuery(partition, Horizon), cancellationToken).AsTask())))
        .SelectMany(page => page.Items);

    private Urgency UrgencyOf(ReviewDocument entry) => Urgency.Of(entry.Scores, entry.Since, options.Value);

    /// <summary>The post has the last word on whether it waits; its entry follows a moment later.</summary>
    private HeldPost? Present(UrgentPlace<ReviewDocument> place, Post? post) => post?.Moderation.Status switch
    {
        null or ModerationStatus.Approved or ModerationStatus.Pending => null,
        not ModerationStatus.Held when place.First.Appeal is null => null,
        _ => new(post, place.First.Scores ?? [], place.First.By, place.First.Appeal, place.First.Since, UrgencyOf(place.First).InDanger, place.Count),
    };
}
