using ServerlessSocial.Graph;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Which entries of a feed hold now, whatever was written when: delivery, clean-up and boosts may overtake each other, reading may not be
/// mistaken. Who may see the post itself is <see cref="PostRules"/>' business.
/// </summary>
public static class FeedRules
{
    /// <summary>Adds what <see cref="Holds"/> needs to know besides what is loaded with every post.</summary>
    public static void AddKeys(FeedEntry entry, List<DocumentKey> keys)
    {
        if (entry.Reason == FeedReason.Boosted)
        {
            keys.Add(DocumentKey.Of<ReactionDocument>(entry.By, ReactionDocument.IdOf(ReactionKind.Boost, entry.PostId)));
            keys.Add(DocumentKey.Of<FeedEntry>(entry.OwnerId, entry.PostId));
            keys.Add(DocumentKey.Of<FeedSeat>(entry.OwnerId, FeedSeat.IdOf(entry.PostId)));
        }
    }

    /// <summary>
    /// Whether the reason still holds: the owner follows whoever brought the post, and for a boost, it was not taken back, the post did
    /// not come by its author too, and no other boost has its place. Pure.
    /// </summary>
    public static bool Holds(FeedEntry entry, DocumentSet loaded)
    {
        if (!Follows(entry.OwnerId, entry.By, loaded))
        {
            return false;
        }

        if (entry.Reason != FeedReason.Boosted)
        {
            return true;
        }

        var authorId = OwnedIds.OwnerOf(entry.PostId);
        var seat = loaded.Get<FeedSeat>(entry.OwnerId, FeedSeat.IdOf(entry.PostId));
        return authorId != entry.OwnerId
            && loaded.Get<ReactionDocument>(entry.By, ReactionDocument.IdOf(ReactionKind.Boost, entry.PostId)) is { Active: true }
            && (seat is null || seat.EntryId == entry.Id)
            && (loaded.Get<FeedEntry>(entry.OwnerId, entry.PostId) is null || !Follows(entry.OwnerId, authorId, loaded));
    }

    /// <summary>Adds what <see cref="HoldsByTag"/> needs to know.</summary>
    public static void AddKeysOfTag(string ownerId, string postId, List<DocumentKey> keys)
    {
        keys.Add(DocumentKey.Of<FeedEntry>(ownerId, postId));
        keys.Add(DocumentKey.Of<FeedSeat>(ownerId, FeedSeat.IdOf(postId)));
    }

    /// <summary>
    /// Whether a followed tag brings a post: neither the reader's own, nor one that was delivered by its author, whom the reader follows, or by a boost. Pure.
    /// </summary>
    public static bool HoldsByTag(string ownerId, Post post, DocumentSet loaded)
    {
        var (postId, authorId) = (post.Id, post.Author.Id);

        // It may have been looked at as a follower sees it, who does not follow any more.
        return authorId != ownerId
            && post.Moderation.Status == ModerationStatus.Approved
            && loaded.Get<PostDocument>(authorId, postId) is { } document
            && PostRules.MayBeBoosted(document)
            && loaded.Get<FeedSeat>(ownerId, FeedSeat.IdOf(postId)) is null
            && (loaded.Get<FeedEntry>(ownerId, postId) is null || !Follows(ownerId, authorId, loaded));
    }

    private static bool Follows(string ownerId, string otherId, DocumentSet loaded) =>
        loaded.Get<RelationDocument>(ownerId, otherId) is { Following: true };
}
