using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>Looks up what an author has posted lately, for feeds that are filled from there.</summary>
public sealed class AuthorPosts(IDocumentStore documents, RecentDocuments recent)
{
    /// <summary>Posts of one author that a feed is filled with.</summary>
    public const int Newest = 20;

    private const int MostPages = 5;

    /// <summary>
    /// The newest visible posts of an author, newest first: <see cref="Newest"/>, and with <paramref name="since"/> also more.
    /// </summary>
    /// <param name="authorId">Profile id of the author.</param>
    /// <param name="since">From when on every post is wanted, within bounds; null for the newest alone.</param>
    /// <param name="mayBeRecent">Whether they may be as they were some seconds ago: for readers who look again soon.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public async Task<IReadOnlyList<PostDocument>> NewestAsync(string authorId, DateTimeOffset? since, bool mayBeRecent, CancellationToken cancellationToken)
    {
        // Always the same first page, whoever asks, so that readers of one author share what a store remembers.
        var query = new DocumentQuery(authorId, Newest) { From = Ids.First, To = Ids.End, Descending = true };
        var visible = new List<PostDocument>(Newest);
        string? after = null;
        for (var pages = 0; pages < MostPages; pages++)
        {
            var page = mayBeRecent
                ? await recent.QueryAsync<PostDocument>(query.After(after), cancellationToken)
                : await documents.QueryAsync<PostDocument>(query.After(after), cancellationToken);
            visible.AddRange(page.Items.Where(post => post.IsVisible));
            after = page.Next;
            if (after is null || (visible.Count >= Newest && !(OwnedIds.TimeOf(after) >= since)))
            {
                break;
            }
        }

        return since is null && visible.Count > Newest ? visible.GetRange(0, Newest) : visible;
    }

    /// <summary>Visible posts of an author that are older than an id, newest first, at most <see cref="Newest"/> looked at.</summary>
    /// <param name="authorId">Profile id of the author.</param>
    /// <param name="before">Id below which to look; null for all.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <returns>The posts, and down to which id that is all there are; null if there are no more.</returns>
    public async Task<(IReadOnlyList<PostDocument> Posts, string? Floor)> PageAsync(string authorId, string? before, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(authorId, Newest) { From = Ids.First, To = before ?? Ids.End, Descending = true };
        var page = await documents.QueryAsync<PostDocument>(query, cancellationToken);
        return ([.. page.Items.Where(post => post.IsVisible)], page.Next);
    }
}
