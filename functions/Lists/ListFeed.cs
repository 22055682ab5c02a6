using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Lists;

/// <summary>
/// Reads the feed of a list when it is asked for: its members' timelines, merged. Nothing is delivered to lists, so that being in many of them makes nobody's posts
/// dearer; a page costs a query for each member, of at most <see cref="ListMembersDocument.MostMembers"/>, and looks at no more than <see cref="MostPosts"/> posts.
/// </summary>
public sealed class ListFeed(IDocumentStore documents, RecentDocuments recent, PostReader posts)
{
    /// <summary>Posts looked at for a page at most: behind so many hidden ones in a row a page may be empty and still have a next one.</summary>
    public const int MostPosts = 400;

    private const int FewestOfMember = 3;

    /// <summary>Reads a page.</summary>
    /// <param name="list">The list.</param>
    /// <param name="members">Who is in it.</param>
    /// <param name="viewer">Its owner as viewer.</param>
    /// <param name="page">The page asked for.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The posts, and the position to continue after; null at the end.</returns>
    public async ValueTask<(IReadOnlyList<Post> Items, string? Next)> ReadAsync(
        StoredList list, IReadOnlyCollection<ListMember> members, Viewer viewer, PageRequest page, CancellationToken cancellationToken)
    {
        var me = viewer.ProfileId!;
        var memberIds = members.Select(member => member.ProfileId).ToHashSet(StringComparer.Ordinal);
        var piece = Math.Max(FewestOfMember, Math.Min(page.Limit, 2 * page.Limit / Math.Max(1, memberIds.Count)) + 1);
        var timelines = memberIds.Select(id => (DocumentQuery[])[new DocumentQuery(id, piece) { From = Ids.First, To = Ids.End, Descending = true }]).ToList();
        var items = new List<Post>(page.Limit);
        var (after, looked) = (page.After, 0);
        await foreach (var some in MergedRanges.ReadAsync<PostDocument>(timelines, page.After, QueryAsync, cancellationToken).Chunk(page.Limit + 1).WithCancellation(cancellationToken))
        {
            var candidates = some.Where(MayShow).ToList();
            var (found, loaded) = await posts.ReadWithAsync([.. candidates.Select(post => new PostReference(post.Id, Place.List))], [], viewer, cancellationToken);
            for (var i = 0; i < found.Count; i++)
            {
                if (found[i] is { } post && ListRules.Shows(candidates[i], list.RepliesPolicy, me, memberIds.Contains, id => Follows(me, id, loaded)))
                {
                    // One more than asked for tells that there is a next page.
                    if (items.Count == page.Limit || !page.Budget.TryTake(post))
                    {
                        return (items, after);
                    }

                    items.Add(post);
                }

                after = candidates[i].Id;
            }

            after = some[^1].Id;
            if ((looked += some.Length) >= MostPosts)
            {
                return (items, after);
            }
        }

        return (items, null);

        // What others posted may be as it was some seconds ago: it is looked at again before it is shown.
        ValueTask<DocumentPage<PostDocument>> QueryAsync(DocumentQuery query, CancellationToken token) =>
            query.PartitionKey == me ? documents.QueryAsync<PostDocument>(query, token) : recent.QueryAsync<PostDocument>(query, token);

        bool MayShow(PostDocument post) =>
            post.IsVisible && (list.RepliesPolicy == RepliesPolicy.Followed || ListRules.Shows(post, list.RepliesPolicy, me, memberIds.Contains, _ => false));
    }

    private static bool Follows(string me, string otherId, DocumentSet loaded) => loaded.Get<RelationDocument>(me, otherId) is { Following: true };
}
