using ServerlessSocial.Filters;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>What has to be loaded to show posts to somebody.</summary>
internal static class PostKeys
{
    /// <summary>Everything about posts that their ids tell the address of, each once.</summary>
    public static List<DocumentKey> Of(IReadOnlyList<PostReference> references, Viewer viewer)
    {
        var keys = new List<DocumentKey>((references.Count * 8) + 1);
        if (viewer.ProfileId is { } viewerId)
        {
            keys.Add(FiltersDocument.KeyOf(viewerId));
        }

        var seen = new HashSet<string>(references.Count * 2);
        foreach (var (postId, _, by) in references)
        {
            var authorId = OwnedIds.OwnerOf(postId);
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
            keys.Add(DocumentKey.Of<RepliedDocument>(viewerId, RepliedDocument.IdOf(postId)));
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

    /// <summary>What a post stands beside: the post it answers, the first one of its thread, the one it quotes, and how their authors stand and what the viewer holds towards them.</summary>
    public static HashSet<DocumentKey> Around(PostDocument post, Viewer viewer)
    {
        var keys = new HashSet<DocumentKey>();
        foreach (var postId in new[] { post.ReplyTo, post.ReplyTo is null ? null : post.RootId, post.ShownQuote }.OfType<string>())
        {
            var authorId = OwnedIds.OwnerOf(postId);
            keys.Add(DocumentKey.Of<PostDocument>(authorId, postId));
            keys.Add(StandingDocument.KeyOf(authorId));
            AddRelation(keys, authorId, viewer);
        }

        foreach (var shown in new[] { post.ReplyTo, post.ShownQuote }.OfType<string>().Select(OwnedIds.OwnerOf))
        {
            keys.Add(DocumentKey.Of<ProfileDocument>(shown, shown));
        }

        return keys;
    }
}
