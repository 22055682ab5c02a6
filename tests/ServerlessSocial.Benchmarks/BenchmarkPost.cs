using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Benchmarks;

/// <summary>Posts that stores are filled with.</summary>
internal static class BenchmarkPost
{
    /// <summary>A post at rest that everybody may see.</summary>
    public static PostDocument Of(string id) => new()
    {
        Id = id,
        Revision = 1,
        AuthorId = OwnedIds.OwnerOf(id),
        Text = $"Post {id[..12]}: a text of the length people write when they have a thought and a moment, with a tag #benchmark and a smile 🙂.",
        RootId = id,
        Tags = ["benchmark"],
        Language = "en",
        CreatedAt = Ids.TimeOf(id),
        WorkSince = Ids.TimeOf(id),
        Moderation = new(ModerationStatus.Approved, null, "benchmark", Ids.TimeOf(id)),
        Shown = Showing.Everywhere,
        Distributed = true,
    };
}
