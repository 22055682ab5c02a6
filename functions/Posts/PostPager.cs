using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Posts;

/// <summary>
/// Reads a page of posts from a range of documents that refer to them. What the viewer may not see is left out, and the page filled from
/// further on, for a few rounds: a page can be short, even empty, and still have a next one. A full page has a next one only where the same few rounds
/// find something more that the viewer may see, or end before the list does: that something hidden follows is not told.
/// </summary>
public sealed class PostPager(IDocumentStore documents, PostReader reader, Cursors cursors)
{
    private const int MaxRounds = 5;

    /// <summary>Reads a page.</summary>
    /// <param name="list">Name of the list, for its cursors.</param>
    /// <param name="page">What the caller asks for.</param>
    /// <param name="ranges">
    /// Partitions, ranges and direction of the list, one after the other; limits are not used. All but the last of a descending list tell their lower end.
    /// </param>
    /// <param name="referTo">The post a document refers to; null passes over it.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<Page<Post>> ReadAsync<T>(
        string list, PageRequest page, IReadOnlyList<DocumentQuery> ranges, Func<T, PostReference?> referTo, Viewer viewer, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var here = 0;
        var items = new List<Post>(page.Limit);
        var after = page.After;
        for (var round = 0; round < MaxRounds; round++)
        {
            var limit = round == 0 ? page.Limit + 1 : PageRequest.MaxLimit;
            var chunk = await documents.QueryAsync<T>((ranges[here] with { Limit = limit }).After(after), cancellationToken);
            var found = chunk.Items.Select(item => (Position: chunk.PositionOf(item), Reference: referTo(item))).Where(entry => entry.Reference is not null).ToList();
            var posts = await reader.ReadAsync([.. found.Select(entry => entry.Reference!.Value)], viewer, cancellationToken);
            for (var i = 0; i < posts.Count; i++)
            {
                if (posts[i] is not { } post)
                {
                    continue;
                }

                // One more than asked for tells that there is a next page.
                if (items.Count == page.Limit || !page.Budget.TryTake(post))
                {
                    return new(items, cursors.Make(list, i > 0 ? found[i - 1].Position : after));
                }

                items.Add(post);
            }

            if (chunk.Next is null && ++here == ranges.Count)
            {
                return new(items, null);
            }

            after = chunk.Next ?? ranges[here - 1].From;
        }

        return new(items, cursors.Make(list, after));
    }
}
