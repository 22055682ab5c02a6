using ServerlessSocial.Filters;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Polls;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>What has to be loaded to show posts to somebody.</summary>
internal static class PostKeys
{
    /// <summary>Everything about posts that their ids tell the address of, each once.</summary>
    /// <param name="references">The posts.</param>
    /// <param name="others">What else to load.</param>
    /// <param name="viewer">Who looks.</param>
    public static List<DocumentKey> Of(IReadOnlyList<PostReference> references, IReadOnlyCollection<DocumentKey> others, Viewer viewer)
    {
        var keys = new List<DocumentKey>((references.Count * 8) + 1 + others.Count);
        keys.AddRange(others);
        if (viewer.ProfileId is { } viewerId)
        {
            keys.Add(FiltersDocument.KeyOf(viewerId));
        }

        var seen = new HashSet<string>(references.Count * 2);
        foreach (var reference in references)
        {
            var (postId, authorId, by) = (reference.PostId, reference.AuthorId, reference.By);
            if (seen.Add(postId))
            {
                keys.Add(DocumentKey.Of<PostDocument>(authorId, postId));
                keys.Add(DocumentKey.Of<StatsDocument>(postId, StatsDocument.CountersId));
                AddReactions(keys, postId, viewer);
            }

            if (seen.Add(authorId))
            {
                keys.Add(DocumentKey.Of<ProfileDocument>(authorId, authorId));
                keys.Add(StandingDocument.KeyOf(authorId));
                AddRelation(keys, authorId, viewer);
            }

            if (by is not null && seen.Add(by))
            {
                keys.Add(DocumentKey.Of<ProfileDocument>(by, by));
                keys.Add(StandingDocument.KeyOf(by));
                AddRelation(keys, by, viewer);
            }
        }

        return keys;
    }

    /// <summary>Most people that the posts of a page are found to mention; mentions of others are not linked. Nobody's page needs a tenth of it.</summary>
    public const int MostMentioned = 200;

    /// <summary>Adds who is mentioned, and what the viewer holds towards them, without which nobody is named.</summary>
    /// <param name="keys">Where to add them.</param>
    /// <param name="known">Profiles already added; at most <see cref="MostMentioned"/>.</param>
    /// <param name="posts">Posts that the viewer sees.</param>
    /// <param name="viewer">Who looks.</param>
    public static void AddMentioned(ICollection<DocumentKey> keys, HashSet<string> known, IEnumerable<PostDocument> posts, Viewer viewer)
    {
        foreach (var id in posts.SelectMany(post => post.Mentions).Select(mention => mention.ProfileId).Where(id => id != OwnedIds.Nobody))
        {
            if (known.Count < MostMentioned && known.Add(id))
            {
                keys.Add(DocumentKey.Of<ProfileDocument>(id, id));
                AddRelation(keys, id, viewer);
            }
        }
    }

    private static void AddReactions(List<DocumentKey> keys, string postId, Viewer viewer)
    {
        if (viewer.ProfileId is { } viewerId)
        {
            keys.Add(DocumentKey.Of<ReactionDocument>(viewerId, ReactionDocument.IdOf(ReactionKind.Like, postId)));
            keys.Add(DocumentKey.Of<ReactionDocument>(viewerId, ReactionDocument.IdOf(ReactionKind.Boost, postId)));
            keys.Add(DocumentKey.Of<ReactionDocument>(viewerId, ReactionDocument.IdOf(ReactionKind.Bookmark, postId)));
        }
    }

    /// <summary>What the viewer holds towards somebody.</summary>
    public static void AddRelation(ICollection<DocumentKey> keys, string otherId, Viewer viewer)
    {
        if (viewer.ProfileId is { } viewerId)
        {
            keys.Add(DocumentKey.Of<RelationDocument>(viewerId, otherId));
        }
    }

    /// <summary>
    /// Adds what a post stands beside: the post it answers, the first one of its thread, the one it quotes, and how their authors stand and what the viewer holds towards them;
    /// its poll; and whether the viewer answered it, where anybody did.
    /// </summary>
    /// <param name="keys">Where to add them.</param>
    /// <param name="post">A post that the viewer sees.</param>
    /// <param name="stats">Its counters.</param>
    /// <param name="viewer">Who looks.</param>
    public static void AddAround(HashSet<DocumentKey> keys, PostDocument post, StatsDocument? stats, Viewer viewer)
    {
        if (post.ReplyTo is { } parent)
        {
            AddBeside(keys, parent, isNamed: true, viewer);
            AddBeside(keys, post.RootId, isNamed: false, viewer);
        }

        if (post.ShownQuote is { } quote)
        {
            AddBeside(keys, quote, isNamed: true, viewer);
        }

        if (post.Poll is not null)
        {
            keys.Add(PollVotes.CountersOf(post.Id));
            if (viewer.ProfileId is { } voter)
            {
                keys.Add(PollVotes.VoteOf(voter, post.Id));
            }
        }

        // Most posts have no replies, and what is not there would fill a store's memory for each reader and post.
        if (viewer.ProfileId is { } viewerId && PostPresenter.HasReplies(stats))
        {
            keys.Add(DocumentKey.Of<RepliedDocument>(viewerId, RepliedDocument.IdOf(post.Id)));
        }
    }

    private static void AddBeside(HashSet<DocumentKey> keys, string postId, bool isNamed, Viewer viewer)
    {
        var authorId = OwnedIds.OwnerOf(postId);
        keys.Add(DocumentKey.Of<PostDocument>(authorId, postId));
        keys.Add(StandingDocument.KeyOf(authorId));
        AddRelation(keys, authorId, viewer);
        if (isNamed)
        {
            keys.Add(DocumentKey.Of<ProfileDocument>(authorId, authorId));
        }
    }
}
