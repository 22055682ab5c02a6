using ServerlessSocial.Moderation;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Posts;

public sealed class PostPipelineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ModerationStatus.Pending, Showing.Nowhere, false, new[] { PostPipeline.ModerationQueue })]
    [InlineData(ModerationStatus.Approved, Showing.Nowhere, false, new[] { PostPipeline.ProjectionQueue })]
    [InlineData(ModerationStatus.Limited, Showing.Limited, false, new[] { PostPipeline.ProjectionQueue })]
    [InlineData(ModerationStatus.Approved, Showing.Limited, true, new[] { PostPipeline.ProjectionQueue })]
    [InlineData(ModerationStatus.Approved, Showing.Everywhere, true, new string[0])]
    [InlineData(ModerationStatus.Held, Showing.Nowhere, false, new string[0])]
    [InlineData(ModerationStatus.Removed, Showing.InPart, true, new[] { PostPipeline.ProjectionQueue })]
    public void Next_Standing_NamesWhatIsLeftToDo(ModerationStatus status, Showing shown, bool distributed, string[] expected) =>
        Assert.Equal(expected, PostPipeline.Next(Post(status) with { Shown = shown, Distributed = distributed, InReview = status == ModerationStatus.Held }));

    [Fact]
    public void Next_HiddenInItsThreadOrShownAgain_AsksForTheProjectionEachTime()
    {
        var rests = Post(ModerationStatus.Approved) with { Shown = Showing.Everywhere, Distributed = true };
        var hidden = rests.InThread(hidden: true);

        Assert.Equal([PostPipeline.ProjectionQueue], PostPipeline.Next(hidden));
        Assert.Equal([PostPipeline.ProjectionQueue], PostPipeline.Next(hidden.InThread(hidden: false)));
        Assert.Empty(PostPipeline.Next(hidden with { CountedHidden = true }));
        Assert.Same(rests, rests.InThread(hidden: false));
    }

    [Theory]
    [InlineData(ModerationStatus.Pending)]
    [InlineData(ModerationStatus.Approved)]
    [InlineData(ModerationStatus.Held)]
    public void Next_Deleted_ClearsUpOnceAndThenRests(ModerationStatus status)
    {
        var deleted = Post(status) with { DeletedAt = Noon };

        Assert.Equal([PostPipeline.ProjectionQueue], PostPipeline.Next(deleted));
        Assert.Empty(PostPipeline.Next(deleted with { Ttl = ProjectPost.TombstoneSeconds }));
        Assert.Equal([PostPipeline.ProjectionQueue], PostPipeline.Next(deleted with { Ttl = ProjectPost.TombstoneSeconds, Shown = Showing.InPart }));
    }

    [Theory]
    [InlineData(ModerationStatus.Approved, Showing.Nowhere, ModerationStatus.Removed, Showing.InPart)]
    [InlineData(ModerationStatus.Approved, Showing.Everywhere, ModerationStatus.Held, Showing.InPart)]
    [InlineData(ModerationStatus.Limited, Showing.Limited, ModerationStatus.Approved, Showing.InPart)]
    [InlineData(ModerationStatus.Limited, Showing.Limited, ModerationStatus.Limited, Showing.Limited)]
    [InlineData(ModerationStatus.Held, Showing.Nowhere, ModerationStatus.Approved, Showing.Nowhere)]
    [InlineData(ModerationStatus.Pending, Showing.Nowhere, ModerationStatus.Removed, Showing.Nowhere)]
    public void Under_AnotherDecision_AsksForTheProjectionThatIsDue(ModerationStatus from, Showing shown, ModerationStatus to, Showing expected)
    {
        var decided = (Post(from) with { Shown = shown, Distributed = true }).Under(new PostModeration(to, null, "test", Noon));

        Assert.Equal(to, decided.Moderation.Status);
        Assert.Equal(expected, decided.Shown);
        Assert.Equal(decided.Due != expected, PostPipeline.Next(decided).Contains(PostPipeline.ProjectionQueue));
    }

    [Theory]
    [InlineData(ModerationStatus.Removed, ModerationStatus.Approved, false)]
    [InlineData(ModerationStatus.Held, ModerationStatus.Limited, false)]
    [InlineData(ModerationStatus.Limited, ModerationStatus.Approved, true)]
    [InlineData(ModerationStatus.Approved, ModerationStatus.Removed, true)]
    public void Under_ADecisionThatShowsItAgain_AsksForDistribution(ModerationStatus from, ModerationStatus to, bool expected)
    {
        var decided = (Post(from) with { Distributed = true }).Under(new PostModeration(to, null, "test", Noon));

        Assert.Equal(expected, decided.Distributed);
    }

    private static PostDocument Post(ModerationStatus status) => new()
    {
        Id = "post",
        AuthorId = "author",
        Text = "text",
        RootId = "post",
        Moderation = new(status, null, null, null),
        CreatedAt = Noon,
        WorkSince = Noon,
    };
}
