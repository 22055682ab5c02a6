namespace ServerlessSocial.Graph;

/// <summary>
/// What following, blocking and muting make of a relation. Pure; a change that changes nothing returns what it was given.
/// </summary>
public static class RelationRules
{
    /// <summary>The owner follows the other, unless a block stands between them.</summary>
    /// <param name="relation">The relation as it is.</param>
    /// <param name="followId">New time-ordered id. Not used while traces of an earlier follow are still in place: then it goes on.</param>
    public static RelationDocument Follow(RelationDocument relation, string followId) => relation is { Following: true } or { Blocked: true }
        ? relation
        : relation with
        {
            Following = true,
            FollowId = relation.SettledFollowing ? relation.FollowId ?? followId : followId,
            SettledFollowing = false,
        };

    /// <summary>The owner does not follow the other.</summary>
    public static RelationDocument Unfollow(RelationDocument relation) =>
        relation.Following ? relation with { Following = false, SettledFollowing = true } : relation;

    /// <summary>The owner blocks the other, and so does not follow it.</summary>
    public static RelationDocument Block(RelationDocument relation) =>
        relation.Blocking ? relation : Unfollow(relation) with { Blocking = true, SettledBlocking = false };

    /// <summary>The owner does not block the other.</summary>
    public static RelationDocument Unblock(RelationDocument relation) =>
        relation.Blocking ? relation with { Blocking = false, SettledBlocking = true } : relation;

    /// <summary>The owner mutes the other.</summary>
    public static RelationDocument Mute(RelationDocument relation) =>
        relation.Muting ? relation : relation with { Muting = true, SettledMuting = false };

    /// <summary>The owner does not mute the other.</summary>
    public static RelationDocument Unmute(RelationDocument relation) =>
        relation.Muting ? relation with { Muting = false, SettledMuting = true } : relation;

    /// <summary>The mirror of the other's block, which also ends the owner's follow.</summary>
    public static RelationDocument BlockedBy(RelationDocument relation, bool blocked) =>
        relation.BlockedBy == blocked ? relation : (blocked ? Unfollow(relation) : relation) with { BlockedBy = blocked };

    /// <summary>What a worker writes that carried out what <paramref name="seen"/> asked for.</summary>
    /// <param name="now">The relation as it is.</param>
    /// <param name="seen">The relation as the worker read it.</param>
    public static RelationDocument Settled(RelationDocument now, RelationDocument seen) => now.Revision == seen.Revision
        ? now with { SettledFollowing = now.Following, SettledBlocking = now.Blocking, SettledMuting = now.Muting }

        // It changed meanwhile, and another worker may have been at it: whatever was touched here is settled once more.
        : now with
        {
            SettledFollowing = seen.Following == seen.SettledFollowing ? now.SettledFollowing : !now.Following,
            SettledBlocking = seen.Blocking == seen.SettledBlocking ? now.SettledBlocking : !now.Blocking,
            SettledMuting = seen.Muting == seen.SettledMuting ? now.SettledMuting : !now.Muting,
        };
}
