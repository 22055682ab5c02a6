using ServerlessSocial.Graph;
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

    private static bool Follows(string ownerId, string otherId, DocumentSet loaded) =>
        loaded.Get<RelationDocument>(ownerId, otherId) is { Following: true };
}
