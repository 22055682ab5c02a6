using ServerlessSocial.Graph;

namespace ServerlessSocial.Tests.Graph;

public sealed class RelationRulesTests
{
    private static readonly RelationDocument Blank = new() { Id = "other", OwnerId = "owner", WorkSince = DateTimeOffset.UnixEpoch };

    [Fact]
    public void Going_back_before_a_change_was_settled_needs_work_too()
    {
        // A worker may have got half-way with the follow.
        var changedMind = RelationRules.Unfollow(RelationRules.Follow(Blank, "f1"));

        Assert.False(changedMind.Following);
        Assert.NotEmpty(RelationPipeline.Next(changedMind));
    }

    [Fact]
    public void A_follow_given_anew_while_traces_of_the_last_one_are_in_place_keeps_its_id()
    {
        var again = RelationRules.Follow(RelationRules.Unfollow(RelationRules.Follow(Blank, "f1")), "f2");
        var settledInBetween = RelationRules.Follow(RelationRules.Unfollow(RelationRules.Follow(Blank, "f1")) with { SettledFollowing = false }, "f2");

        Assert.Equal("f1", again.FollowId);
        Assert.Equal("f2", settledInBetween.FollowId);
    }

    [Fact]
    public void A_worker_that_was_overtaken_leaves_work_behind_for_what_it_touched_only()
    {
        var seen = RelationRules.Follow(Blank, "f1") with { Revision = 1 };
        var overtaken = RelationRules.Follow(RelationRules.Unfollow(seen) with { SettledFollowing = false }, "f2") with { Revision = 4, SettledFollowing = true };

        var after = RelationRules.Settled(overtaken, seen);

        Assert.Empty(RelationPipeline.Next(RelationRules.Settled(seen, seen)));
        Assert.Empty(RelationPipeline.Next(overtaken));
        Assert.NotEmpty(RelationPipeline.Next(after));
        Assert.Equal(overtaken with { SettledFollowing = false }, after);
    }

    [Fact]
    public void Nothing_changes_what_is_so_already()
    {
        var relation = RelationRules.Mute(RelationRules.Block(Blank));

        Assert.Same(relation, RelationRules.Mute(relation));
        Assert.Same(relation, RelationRules.Block(relation));
        Assert.Same(relation, RelationRules.Follow(relation, "f1"));
        Assert.Same(relation, RelationRules.Unfollow(relation));
        Assert.Same(Blank, RelationRules.Unblock(Blank));
        Assert.Same(Blank, RelationRules.Unmute(Blank));
        Assert.Same(Blank, RelationRules.BlockedBy(Blank, false));
    }
}
