using ServerlessSocial.Graph;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Posts;

/// <summary>
/// Reads a conversation around one post, level by level. What answers a post is one range of the thread's partition, so that a page costs what it shows and
/// not what the thread holds: of the post itself a window of <see cref="Window"/> replies is ranked, of each reply below it the few first are shown and the
/// rest is a branch of its own.
/// </summary>
public sealed class ThreadReader(IDocumentStore documents, PostReader reader, Cursors cursors)
{
    /// <summary>Most direct answers of a page.</summary>
    public const int MostAnswers = 40;

    /// <summary>Oldest answers to a post that are ranked together.</summary>
    private const int Window = 100;

    /// <summary>Oldest answers to an answer that are ranked together.</summary>
    private const int BranchWindow = 20;

    private const int NearestAncestors = 20;

    /// <summary>Windows that a page looks through where what is in them is hidden from the viewer.</summary>
    private const int MaxRounds = 4;

    /// <summary>How many answers are shown below an answer, and below that one: deeper ones are branches.</summary>
    private static readonly int[] Shown = [2, 1];

    /// <summary>Reads what a post answers, from the first post of the thread down.</summary>
    public async ValueTask<IReadOnlyList<ThreadItem>> AncestorsAsync(PostDocument post, Viewer viewer, CancellationToken cancellationToken)
    {
        var chain = new List<string>();
        for (var parent = post.ReplyTo; parent is not null && chain.Count < NearestAncestors;)
        {
            chain.Add(parent);
            var authorId = OwnedIds.OwnerOf(parent);
            var loaded = await documents.ReadManyAsync(
                [DocumentKey.Of<PostDocument>(authorId, parent), DocumentKey.Of<ReplyDocument>(post.RootId, parent)], cancellationToken);

            // What is gone keeps its place in the thread.
            parent = loaded.Get<PostDocument>(authorId, parent)?.ReplyTo ?? loaded.Get<ReplyDocument>(post.RootId, parent)?.ReplyTo;
        }

        if (chain.Count > 0 && chain[^1] != post.RootId)
        {
            chain.Add(post.RootId);
        }

        chain.Reverse();
        var posts = await reader.ReadAsync([.. chain.Select(id => new PostReference(id, Place.Thread))], viewer, cancellationToken);
        return [.. posts.Select((shown, i) => new ThreadItem(shown, i - chain.Count, i > 0 ? posts[i - 1]?.Id : null, shown is null ? true : null, null))];
    }

    /// <summary>Reads a page of answers.</summary>
    /// <param name="focus">Which post's answers.</param>
    /// <param name="position">Where it begins.</param>
    /// <param name="page">How much is asked for.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<Page<ThreadItem>> RepliesAsync(
        ThreadFocus focus, ThreadPosition position, PageRequest page, Viewer viewer, CancellationToken cancellationToken)
    {
        var (items, answers) = (new List<ThreadItem>(), 0);
        var limit = Math.Min(page.Limit, MostAnswers);
        var parent = (await reader.FindAsync(position.ParentId, viewer, Place.Post, cancellationToken))?.Id;
        for (var round = 0; round < MaxRounds; round++)
        {
            var query = ReplyDocument.InAnswerTo(focus.RootId, position.ParentId, position.Depth == 1 ? Window : BranchWindow).After(position.After);
            var window = await documents.QueryAsync<ReplyDocument>(query, cancellationToken);
            var ranked = await RankAsync(focus.RootId, window.Items, viewer, cancellationToken);
            while (position.Shown < ranked.Count)
            {
                // One more than asked for tells that there is a next page.
                var replies = ranked.Skip(position.Shown).Take(limit + 1 - answers).ToList();
                foreach (var answer in await NodesAsync(focus, replies, position.Depth, 0, viewer, cancellationToken))
                {
                    var block = Flatten(answer, parent, position.Depth).ToList();
                    if (block.Count > 0)
                    {
                        if (answers == limit || (!block.TrueForAll(item => page.Budget.TryTake(item)) && answers > 0))
                        {
                            return new(items, cursors.Make(focus.Pages, position.ToString()));
                        }

                        items.AddRange(block);
                        answers++;
                    }

                    position = position with { Shown = position.Shown + 1 };
                }
            }

            if (window.Next is not { } end)
            {
                return new(items, null);
            }

            position = position with { After = end, Shown = 0 };
        }

        return new(items, cursors.Make(focus.Pages, position.ToString()));
    }

    /// <summary>Reads replies and what is shown below them.</summary>
    private async ValueTask<IReadOnlyList<Node>> NodesAsync(
        ThreadFocus focus, List<ReplyDocument> replies, int depth, int level, Viewer viewer, CancellationToken cancellationToken)
    {
        if (replies.Count == 0)
        {
            return [];
        }

        var (posts, loaded) = await reader.ReadWithAsync([.. replies.Select(reply => new PostReference(reply.Id, Place.Thread))], [], viewer, cancellationToken);
        var nodes = replies.Select((reply, i) => new Node(reply.Id, IsShown(posts[i]) ? posts[i] : null)).ToList();

        // Where nothing answers there is nothing to look for; entries from before that was noted are known by what is counted.
        var open = nodes.Where((node, i) => replies[i].Answered || RepliesCounted(node.Id, loaded) > 0).ToList();
        var most = level < Shown.Length ? Shown[level] : 0;
        var below = await Task.WhenAll(open.Select(node => documents.QueryAsync<ReplyDocument>(
            ReplyDocument.InAnswerTo(focus.RootId, node.Id, most > 0 ? BranchWindow : 1), cancellationToken).AsTask()));
        var ranked = most == 0 ? [] : await RankAsync(focus.RootId, [.. below.SelectMany(page => page.Items)], viewer, cancellationToken);
        var first = ranked.GroupBy(reply => reply.ReplyTo).SelectMany(group => group.Take(most)).ToList();
        var children = (await NodesAsync(focus, first, depth + 1, level + 1, viewer, cancellationToken)).ToDictionary(node => node.Id);
        var byParent = first.ToLookup(reply => reply.ReplyTo, reply => children[reply.Id]);
        foreach (var (node, page) in open.Zip(below))
        {
            node.Children.AddRange(byParent[node.Id]);
            var rest = new ThreadPosition(node.Id, depth + 1, null, most);
            node.Branch = page.Items.Count > most ? cursors.Make(focus.Branches, rest.ToString()) : null;
        }

        return nodes;
    }

    /// <summary>What moderation took away only keeps its place here, also for its author, who sees it by its own address.</summary>
    private static bool IsShown(Post? post) => post is { Moderation.Status: ModerationStatus.Approved or ModerationStatus.Limited };

    private static long RepliesCounted(string postId, DocumentSet loaded) =>
        loaded.Get<StatsDocument>(postId, StatsDocument.CountersId) is { } stats
            ? stats[PostPresenter.RepliesCounter] + stats[PostPresenter.FollowersOnlyRepliesCounter]
            : 0;

    /// <summary>
    /// Ranks replies within each parent: those of whoever wrote what they answer, of whoever began the thread and of the reader first, then those of people
    /// the reader follows, then the others; each the oldest first.
    /// </summary>
    private async ValueTask<IReadOnlyList<ReplyDocument>> RankAsync(
        string rootId, IReadOnlyList<ReplyDocument> replies, Viewer viewer, CancellationToken cancellationToken)
    {
        var relations = viewer.ProfileId is { } me && replies.Count > 1
            ? await documents.ReadManyAsync([.. replies.Select(reply => DocumentKey.Of<RelationDocument>(me, OwnedIds.OwnerOf(reply.Id))).Distinct()], cancellationToken)
            : new DocumentSet();
        return [.. replies.OrderBy(Rank).ThenBy(reply => reply.Id, StringComparer.Ordinal)];

        int Rank(ReplyDocument reply)
        {
            var authorId = OwnedIds.OwnerOf(reply.Id);
            return authorId == OwnedIds.OwnerOf(reply.ReplyTo) || authorId == OwnedIds.OwnerOf(rootId) || authorId == viewer.ProfileId ? 0
                : viewer.ProfileId is { } follower && relations.Get<RelationDocument>(follower, authorId) is { Following: true } ? 1
                : 2;
        }
    }

    /// <summary>The places in the order in which they are shown. One that is gone is told of only where something visible is below it.</summary>
    private static IEnumerable<ThreadItem> Flatten(Node node, string? parentId, int depth)
    {
        var below = node.Children.SelectMany(child => Flatten(child, node.Post?.Id, depth + 1)).ToList();
        if (node.Post is null && below.Count == 0)
        {
            return [];
        }

        return below.Prepend(new ThreadItem(node.Post, depth, parentId, node.Post is null ? true : null, node.Branch));
    }

    private sealed class Node(string id, Post? post)
    {
        public string Id => id;

        public Post? Post => post;

        public List<Node> Children { get; } = [];

        public string? Branch { get; set; }
    }
}
