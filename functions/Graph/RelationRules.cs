namespace ServerlessSocial.Graph;

/// <summary>
/// What following, asking to, blocking and muting make of a relation. Pure; a change that changes nothing returns what it was given. New
/// time-ordered ids that are passed in are not used while traces of an earlier act of the kind are still in place: then that one goes on.
/// </summary>
public static class RelationRules
{
    /// <summary>The owner follows the other, unless a block stands between them.</summary>
    /// <param name="relation">The relation as it is.</param>
    /// <param name="followId">New time-ordered id.</param>
    public static RelationDocument Follow(RelationDocument relation, string followId) => Follow(relation, followId, approved: false);

    /// <summary>The owner wants the other's boosts, or does not; null leaves that as it is.</summary>
    public static RelationDocument WithBoosts(RelationDocument relation, bool? boosts) =>
        boosts is { } wanted && relation.HidesBoosts == wanted ? relation with { HidesBoosts = !wanted } : relation;

    /// <summary>The owner asks the other to be let follow, unless a block stands between them.</summary>
    /// <param name="relation">The relation as it is.</param>
    /// <param name="requestId">New time-ordered id.</param>
    public static RelationDocument Request(RelationDocument relation, string requestId) =>
        relation is { Following: true } or { Requested: true } or { Blocked: true }
            ? relation
            : relation with
            {
                Requested = true,
                RequestId = Named(relation.SettledRequested, relation.RequestId, requestId),
                FirstRequestId = relation.SettledRequested ? relation.FirstRequestId : relation.FirstRequestId ?? relation.RequestId,
                SettledRequested = false,
            };

    /// <summary>The other lets the owner follow, if the owner asks for it.</summary>
    /// <param name="relation">The relation as it is.</param>
    /// <param name="followId">New time-ordered id.</param>
    public static RelationDocument Approve(RelationDocument relation, string followId) =>
        relation.Requested ? Follow(relation, followId, approved: true) : relation;

    /// <summary>The request is taken back or refused.</summary>
    public static RelationDocument Unrequest(RelationDocument relation) =>
        relation.Requested ? relation with { Requested = false, SettledRequested = true } : relation;

    /// <summary>The owner neither follows the other nor asks to.</summary>
    public static RelationDocument Unfollow(RelationDocument relation) =>
        Unrequest(relation.Following ? relation with { Following = false, SettledFollowing = true } : relation);

    /// <summary>The owner blocks the other, and so does not follow it.</summary>
    /// <param name="relation">The relation as it is.</param>
    /// <param name="blockId">New time-ordered id.</param>
    public static RelationDocument Block(RelationDocument relation, string blockId) => relation is { Blocking: true, BlockId: not null }
        ? relation
        : Unfollow(relation) with
        {
            Blocking = true,
            BlockId = Named(relation.SettledBlocking, relation.BlockId, blockId),
            SettledBlocking = false,
        };

    /// <summary>The owner does not block the other.</summary>
    public static RelationDocument Unblock(RelationDocument relation) =>
        relation.Blocking ? relation with { Blocking = false, SettledBlocking = true } : relation;

    /// <summary>The owner mutes the other.</summary>
    /// <param name="relation">The relation as it is.</param>
    /// <param name="muteId">New time-ordered id.</param>
    /// <param name="until">When it ends by itself; null when it does not. The newest word holds.</param>
    public static RelationDocument Mute(RelationDocument relation, string muteId, DateTimeOffset? until) =>
        relation is { Muting: true, MuteId: not null } && relation.MutedUntil == until
            ? relation
            : relation with
            {
                Muting = true,
                MuteId = Named(relation.SettledMuting || relation.Muting, relation.MuteId, muteId),
                MutedUntil = until,
                SettledMuting = false,
            };

    /// <summary>The owner does not mute the other.</summary>
    public static RelationDocument Unmute(RelationDocument relation) =>
        relation.Muting ? relation with { Muting = false, MutedUntil = null, SettledMuting = true } : relation;

    /// <summary>The mirror of the other's block, which also ends the owner's follow.</summary>
    public static RelationDocument BlockedBy(RelationDocument relation, bool blocked) =>
        relation.BlockedBy == blocked ? relation : (blocked ? Unfollow(relation) : relation) with { BlockedBy = blocked };

    /// <summary>Nothing stands between the two any more, whoever set it: one of them is leaving.</summary>
    public static RelationDocument Cut(RelationDocument relation) => BlockedBy(Unmute(Unblock(Unfollow(relation))), blocked: false);

    /// <summary>What a worker writes that carried out what <paramref name="seen"/> asked for.</summary>
    /// <param name="now">The relation as it is.</param>
    /// <param name="seen">The relation as the worker read it.</param>
    public static RelationDocument Settled(RelationDocument now, RelationDocument seen) => now.Revision == seen.Revision
        ? now with { SettledFollowing = now.Following, SettledRequested = now.Requested, SettledBlocking = now.Blocking, SettledMuting = now.Muting }

        // It changed meanwhile, and another worker may have been at it: whatever was touched here is settled once more.
        : now with
        {
            SettledFollowing = seen.Following == seen.SettledFollowing ? now.SettledFollowing : !now.Following,
            SettledRequested = seen.Requested == seen.SettledRequested ? now.SettledRequested : !now.Requested,
            SettledBlocking = seen.Blocking == seen.SettledBlocking ? now.SettledBlocking : !now.Blocking,
            SettledMuting = seen.Muting == seen.SettledMuting ? now.SettledMuting : !now.Muting,
        };

    private static RelationDocument Follow(RelationDocument relation, string followId, bool approved)
    {
        if (relation is { Following: true } or { Blocked: true })
        {
            return relation;
        }

        var goesOn = relation is { SettledFollowing: true, FollowId: not null };
        return Unrequest(relation) with
        {
            Following = true,
            FollowId = goesOn ? relation.FollowId : followId,
            FirstFollowId = goesOn ? relation.FirstFollowId : relation.FirstFollowId ?? relation.FollowId,
            Approved = goesOn ? relation.Approved : approved,
            SettledFollowing = false,
        };
    }

    private static string Named(bool tracesInPlace, string? present, string fresh) => tracesInPlace ? present ?? fresh : fresh;
}
