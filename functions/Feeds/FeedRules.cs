using ServerlessSocial.Graph;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Which entries of a feed hold now, whatever was written when: delivery, clean-up and boosts may overtake each other, reading may not be
/// mistaken. Who may see the post itself is <see cref="PostRules"/>' business.
/// </summary>
/// <remarks>
/// A post stands in a feed once: where its author brings it, if the reader follows them or is them, and whom it answers; else where the first boost brings it of those that hold; else where a tag does.
/// </remarks>
public static class FeedRules
{
    /// <summary>Boosters that a reason names at most.</summary>
    public const int MostNamed = 3;

    /// <summary>Adds what the rules need to know besides what is loaded with every post.</summary>
    public static void AddKeys(FeedPlace place, string ownerId, List<DocumentKey> keys)
    {
        if (place.Entry is { Reason: FeedReason.Boosted } boost)
        {
            keys.Add(DocumentKey.Of<ReactionDocument>(boost.By, ReactionDocument.IdOf(ReactionKind.Boost, boost.PostId)));
        }

        if (place.Entry is { Reason: FeedReason.Boosted } || place.Tag is not null)
        {
            keys.Add(DocumentKey.Of<FeedEntry>(ownerId, place.PostId));
            keys.Add(DocumentKey.Of<FeedSeat>(ownerId, FeedSeat.IdOf(place.PostId)));
        }
    }

    /// <summary>Adds what only the seat and the post tell that it is needed: other boosts that bring the post, and the entry of what was approved late.</summary>
    public static void AddKeysOfRivals(FeedPlace place, string ownerId, DocumentSet loaded, HashSet<DocumentKey> keys)
    {
        if (place.Entry is not { Reason: FeedReason.Boosted } && place.Tag is null)
        {
            return;
        }

        var authorId = OwnedIds.OwnerOf(place.PostId);
        if (loaded.Get<PostDocument>(authorId, place.PostId) is { } post && FeedEntry.IdOf(post) is var late && late != post.Id)
        {
            keys.Add(DocumentKey.Of<FeedEntry>(ownerId, late));
        }

        foreach (var entryId in (loaded.Get<FeedSeat>(ownerId, FeedSeat.IdOf(place.PostId))?.Entries ?? []).Where(id => id != place.Entry?.Id))
        {
            var by = OwnedIds.OwnerOf(entryId);
            keys.Add(DocumentKey.Of<RelationDocument>(ownerId, by));
            keys.Add(DocumentKey.Of<ReactionDocument>(by, ReactionDocument.IdOf(ReactionKind.Boost, place.PostId)));
            keys.Add(DocumentKey.Of<ProfileDocument>(by, by));
            keys.Add(StandingDocument.KeyOf(by));
        }
    }

    /// <summary>
    /// The profiles that bring a post to a place, as far as they do now, the one whose place it is first; none if the post does not stand there. Pure.
    /// </summary>
    /// <param name="place">The place.</param>
    /// <param name="ownerId">Whose feed.</param>
    /// <param name="loaded">What was loaded.</param>
    /// <param name="now">The present.</param>
    public static IReadOnlyList<string> BroughtBy(FeedPlace place, string ownerId, DocumentSet loaded, DateTimeOffset now)
    {
        if (place.Entry is not { } entry)
        {
            return [];
        }

        var authorId = OwnedIds.OwnerOf(place.PostId);
        if (entry.Reason != FeedReason.Boosted)
        {
            return Follows(ownerId, authorId, loaded) && AnswersSomebodyKnown(entry, authorId, ownerId, loaded) ? [authorId] : [];
        }

        if (authorId == ownerId || !Brings(entry.Id, entry.PostId, ownerId, loaded, now) || ByAuthor(entry.PostId, ownerId, loaded))
        {
            return [];
        }

        var all = Boosts(entry.PostId, ownerId, loaded, now).Append(entry.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return all[0] == entry.Id ? [.. all.Take(MostNamed).Select(OwnedIds.OwnerOf)] : [];
    }

    /// <summary>
    /// Whether a followed tag brings a post: neither the reader's own, nor one that its author, whom the reader follows, or a boost brings. Pure.
    /// </summary>
    public static bool HoldsByTag(string ownerId, Post post, DocumentSet loaded, DateTimeOffset now)
    {
        var (postId, authorId) = (post.Id, post.Author.Id);

        // It may have been looked at as a follower sees it, who does not follow any more.
        return authorId != ownerId
            && post.Moderation.Status == ModerationStatus.Approved
            && loaded.Get<PostDocument>(authorId, postId) is { } document
            && PostRules.MayBeBoosted(document)
            && !ByAuthor(postId, ownerId, loaded)
            && !Boosts(postId, ownerId, loaded, now).Any();
    }

    /// <summary>Whether the post stands where its author brings it.</summary>
    private static bool ByAuthor(string postId, string ownerId, DocumentSet loaded)
    {
        var authorId = OwnedIds.OwnerOf(postId);
        return Follows(ownerId, authorId, loaded)
            && (Stands(postId) || (loaded.Get<PostDocument>(authorId, postId) is { } post && Stands(FeedEntry.IdOf(post))));

        bool Stands(string entryId) =>
            loaded.Get<FeedEntry>(ownerId, entryId) is { Reason: not FeedReason.Boosted } entry && AnswersSomebodyKnown(entry, authorId, ownerId, loaded);
    }

    /// <summary>The boosts in the post's seat that bring it now.</summary>
    private static IEnumerable<string> Boosts(string postId, string ownerId, DocumentSet loaded, DateTimeOffset now) =>
        (loaded.Get<FeedSeat>(ownerId, FeedSeat.IdOf(postId))?.Entries ?? []).Where(id => Brings(id, postId, ownerId, loaded, now));

    /// <summary>Whether a boost brings a post: it stands, and the reader follows whoever boosted, wants their boosts, and may be shown them.</summary>
    private static bool Brings(string entryId, string postId, string ownerId, DocumentSet loaded, DateTimeOffset now)
    {
        var by = OwnedIds.OwnerOf(entryId);
        return loaded.Get<RelationDocument>(ownerId, by) is { Following: true, Blocked: false, Muting: false, HidesBoosts: false }
            && loaded.Get<ReactionDocument>(by, ReactionDocument.IdOf(ReactionKind.Boost, postId)) is { Active: true } boost
            && BoostFanOut.EntryIdOf(boost) == entryId
            && loaded.StandingOf(by, now) == Standing.Good;
    }

    /// <summary>
    /// Whether what somebody answers is the reader's own, their own, or of somebody whom the reader follows, too: half of a talk with a stranger is no news. Boosts bring
    /// such replies all the same. So does Mastodon.
    /// </summary>
    private static bool AnswersSomebodyKnown(FeedEntry entry, string authorId, string ownerId, DocumentSet loaded) =>
        entry.Reason != FeedReason.Replied
        || loaded.Get<PostDocument>(authorId, entry.PostId)?.ReplyTo is not { } parent
        || OwnedIds.OwnerOf(parent) is var answered && (answered == authorId || Follows(ownerId, answered, loaded));

    private static bool Follows(string ownerId, string otherId, DocumentSet loaded) =>
        ownerId == otherId || loaded.Get<RelationDocument>(ownerId, otherId) is { Following: true };
}
