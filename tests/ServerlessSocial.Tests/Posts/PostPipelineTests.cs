using ServerlessSocial.Moderation;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Posts;

public sealed class PostPipelineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ModerationStatus.Pending, false, false, new[] { PostPipeline.ModerationQueue })]
    [InlineData(ModerationStatus.Approved, false, false, new[] { PostPipeline.ProjectionQueue, PostPipeline.FanOutQueue })]
    [InlineData(ModerationStatus.Limited, true, false, new[] { PostPipeline.FanOutQueue })]
    [InlineData(ModerationStatus.Approved, true, true, new string[0])]
    [InlineData(ModerationStatus.Held, false, false, new string[0])]
    [InlineData(ModerationStatus.Removed, true, true, new[] { PostPipeline.ProjectionQueue })]
    public void Next_Standing_NamesWhatIsLeftToDo(ModerationStatus status, bool shown, bool distributed, string[] expected) =>
        Assert.Equal(expected, PostPipeline.Next(Post(status) with { Shown = shown, Distributed = distributed, InReview = status == ModerationStatus.Held }));

    [Theory]
    [InlineData(ModerationStatus.Pending)]
    [InlineData(ModerationStatus.Approved)]
    [InlineData(ModerationStatus.Held)]
    public void Next_Deleted_ClearsUpOnceAndThenRests(ModerationStatus status)
    {
        var deleted = Post(status) with { DeletedAt = Noon };

        Assert.Equal([PostPipeline.ProjectionQueue], PostPipeline.Next(deleted));
        Assert.Empty(PostPipeline.Next(deleted with { Ttl = ProjectPost.TombstoneSeconds }));
        Assert.Equal([PostPipeline.ProjectionQueue], PostPipeline.Next(deleted with { Ttl = ProjectPost.TombstoneSeconds, Shown = true }));
    }

    [Theory]
    [InlineData(ModerationStatus.Approved, false, ModerationStatus.Removed, true)]
    [InlineData(ModerationStatus.Approved, true, ModerationStatus.Held, true)]
    [InlineData(ModerationStatus.Limited, true, ModerationStatus.Approved, false)]
    [InlineData(ModerationStatus.Approved, true, ModerationStatus.Limited, false)]
    [InlineData(ModerationStatus.Held, false, ModerationStatus.Approved, false)]
    [InlineData(ModerationStatus.Pending, false, ModerationStatus.Removed, false)]
    public void Under_AnotherDecision_AsksForTheProjectionThatIsDue(ModerationStatus from, bool shown, ModerationStatus to, bool expected)
    {
        var decided = (Post(from) with { Shown = shown, Distributed = true }).Under(new PostModeration(to, null, "test", Noon));

        Assert.Equal(to, decided.Moderation.Status);
        Assert.Equal(expected, decided.Shown);
        Assert.Equal(decided.IsVisible != decided.Shown, PostPipeline.Next(decided).Contains(PostPipeline.ProjectionQueue));
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
