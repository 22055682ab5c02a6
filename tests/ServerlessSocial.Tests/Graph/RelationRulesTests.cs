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
        var relation = RelationRules.Mute(RelationRules.Block(Blank, "b1"), "m1", null);

        Assert.Same(relation, RelationRules.Mute(relation, "m2", null));
        Assert.Same(relation, RelationRules.Block(relation, "b2"));
        Assert.Same(relation, RelationRules.Follow(relation, "f1"));
        Assert.Same(relation, RelationRules.Unfollow(relation));
        Assert.Same(Blank, RelationRules.Unblock(Blank));
        Assert.Same(Blank, RelationRules.Unmute(Blank));
        Assert.Same(Blank, RelationRules.BlockedBy(Blank, false));
    }

    [Fact]
    public void A_request_ends_with_the_follow_it_asked_for_with_a_block_either_way_and_when_it_is_taken_back()
    {
        var asked = RelationRules.Request(Blank, "r1");

        Assert.True(asked is { Requested: true, Following: false, RequestId: "r1" });
        Assert.True(RelationRules.Approve(asked, "f1") is { Requested: false, Following: true, Approved: true, FollowId: "f1" });
        Assert.True(RelationRules.Follow(asked, "f1") is { Requested: false, Following: true, Approved: false });
        foreach (var ended in (RelationDocument[])[RelationRules.Block(asked, "b1"), RelationRules.BlockedBy(asked, true), RelationRules.Unfollow(asked), RelationRules.Unrequest(asked)])
        {
            Assert.False(ended.Requested);
            Assert.NotEmpty(RelationPipeline.Next(ended));
            Assert.False(RelationRules.Approve(ended, "f1").Following);
        }

        Assert.Same(asked, RelationRules.Request(asked, "r2"));
        Assert.Same(Blank, RelationRules.Approve(Blank, "f1"));
        Assert.False(RelationRules.Request(RelationRules.BlockedBy(Blank, true), "r1").Requested);
    }

    [Fact]
    public void A_mute_with_another_end_goes_on_under_its_id_and_is_looked_at_anew()
    {
        var settled = RelationRules.Mute(Blank, "m1", null) with { SettledMuting = true };

        var changed = RelationRules.Mute(settled, "m2", DateTimeOffset.UnixEpoch);

        Assert.True(changed is { Muting: true, MuteId: "m1", MutedUntil: not null });
        Assert.NotEmpty(RelationPipeline.Next(changed));
        Assert.True(RelationRules.Unmute(changed) is { Muting: false, MutedUntil: null });
        Assert.Equal("m3", RelationRules.Mute(RelationRules.Unmute(settled) with { SettledMuting = false }, "m3", null).MuteId);
    }
}
