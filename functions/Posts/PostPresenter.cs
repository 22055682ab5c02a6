using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts.Text;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>Shapes posts for clients.</summary>
public static class PostPresenter
{
    /// <summary>Counter of a post's likes.</summary>
    public const string LikesCounter = "likes";

    /// <summary>Counter of a post's boosts.</summary>
    public const string BoostsCounter = "boosts";

    /// <summary>Counter of a post's visible replies.</summary>
    public const string RepliesCounter = "replies";

    /// <summary>The whole post.</summary>
    public static Post Full(PostDocument post, ProfileDocument author, StatsDocument? stats, QuotedPost? quoted, PostViewer? viewer) => new(
        post.Id,
        ProfilePresenter.Card(author),
        post.Text,
        MediaOf(post),
        post.ReplyTo,
        post.RootId,
        post.Quote,
        quoted,
        post.Visibility,
        post.ContentWarning,
        post.Language,
        post.Tags,
        [.. post.Mentions.Select(mention => mention.Handle)],
        ProvenanceOf(post),
        new(post.Moderation.Status, post.Moderation.Status is ModerationStatus.Approved ? null : post.Moderation.Reason),
        (stats?[LikesCounter] ?? 0) + (stats?[ShardedTallies.CollectedLikes] ?? 0),
        stats?[BoostsCounter] ?? 0,
        stats?[RepliesCounter] ?? 0,
        post.CreatedAt,
        viewer);

    /// <summary>The post as a quote shows it.</summary>
    public static QuotedPost Quoted(PostDocument post, ProfileDocument author)
    {
        var (text, isCut) = Excerpt.Of(post.Text, QuotedPost.MostText);
        return new(post.Id, ProfilePresenter.Card(author), text, isCut, MediaOf(post), post.ContentWarning, ProvenanceOf(post), post.CreatedAt);
    }

    private static Provenance ProvenanceOf(PostDocument post) => new(
        post.Provenance,
        [.. post.Media.Select(MediaPresenter.ProvenanceOf)]);

    private static Media[] MediaOf(PostDocument post) => [.. post.Media.Select(MediaPresenter.Shape)];
}
