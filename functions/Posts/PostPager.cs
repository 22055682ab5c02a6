using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Posts;

/// <summary>Some posts of a list, before it is known who may see them.</summary>
/// <param name="Entries">For each post, where it stands in the list, and the reference to it.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
public readonly record struct PostChunk(IReadOnlyList<(string Position, PostReference Reference)> Entries, string? Next);

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
    public ValueTask<Page<Post>> ReadAsync<T>(
        string list, PageRequest page, IReadOnlyList<DocumentQuery> ranges, Func<T, PostReference?> referTo, Viewer viewer, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var here = 0;
        return ReadAsync(list, page, ChunkAsync, viewer, cancellationToken);

        async ValueTask<PostChunk> ChunkAsync(string? after, int limit)
        {
            var chunk = await documents.QueryAsync<T>((ranges[here] with { Limit = limit }).After(after), cancellationToken);
            var entries = chunk.Items.Select(item => (Position: chunk.PositionOf(item), Reference: referTo(item)))
                .Where(entry => entry.Reference is not null)
                .Select(entry => (entry.Position, entry.Reference!.Value));
            return new([.. entries], chunk.Next ?? (++here < ranges.Count ? ranges[here - 1].From : null));
        }
    }

    /// <summary>The cursor that goes on behind a position of a list.</summary>
    public string CursorOf(string list, string position) => cursors.Make(list, position);

    /// <summary>Reads a page of a list that is put together elsewhere.</summary>
    /// <param name="list">Name of the list, for its cursors.</param>
    /// <param name="page">What the caller asks for.</param>
    /// <param name="read">Reads about so many references behind a position.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<Page<Post>> ReadAsync(
        string list, PageRequest page, Func<string?, int, ValueTask<PostChunk>> read, Viewer viewer, CancellationToken cancellationToken)
    {
        var items = new List<Post>(page.Limit);
        var after = page.After;
        for (var round = 0; round < MaxRounds; round++)
        {
            var chunk = await read(after, round == 0 ? page.Limit + 1 : PageRequest.MaxLimit);
            var posts = await reader.ReadAsync([.. chunk.Entries.Select(entry => entry.Reference)], viewer, cancellationToken);
            for (var i = 0; i < posts.Count; i++)
            {
                if (posts[i] is not { } post)
                {
                    continue;
                }

                // One more than asked for tells that there is a next page.
                if (items.Count == page.Limit || !page.Budget.TryTake(post))
                {
                    return new(items, cursors.Make(list, i > 0 ? chunk.Entries[i - 1].Position : after));
                }

                items.Add(post);
            }

            if (chunk.Next is null)
            {
                return new(items, null);
            }

            after = chunk.Next;
        }

        return new(items, cursors.Make(list, after));
    }
}
