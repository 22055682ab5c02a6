using ServerlessSocial.Filters;
using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Polls;
using ServerlessSocial.Posts.Editing;
using ServerlessSocial.Posts.Text;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>What a viewer gets to see of what a post stands beside, at one place.</summary>
/// <param name="InReplyTo">The post it answers; null for none that the viewer may know of.</param>
/// <param name="RootId">First post of its thread; the post itself when the viewer may not know of that.</param>
/// <param name="Quoted">The quoted post; null for none that the viewer may see.</param>
/// <param name="Folded">Whether the post itself is folded.</param>
/// <param name="IsAuthor">Whether the viewer wrote it.</param>
/// <param name="Viewer">What the viewer did about it and may do; null for nobody in particular.</param>
/// <param name="HandleOf">The handle of a profile it mentions; null for none that the viewer may know of.</param>
public sealed record PostSight(
    InReplyTo? InReplyTo, string RootId, QuotedPost? Quoted, bool Folded, bool IsAuthor, PostViewer? Viewer, Func<string, string?> HandleOf)
{
    /// <summary>The viewer's filters that match it; null for none.</summary>
    public IReadOnlyList<FilterMatch>? Filtered { get; init; }

    /// <summary>Its poll; null for none, and where it is folded.</summary>
    public Poll? Poll { get; init; }
}

/// <summary>Shapes posts for clients.</summary>
public static class PostPresenter
{
    /// <summary>Counter of a post's likes.</summary>
    public const string LikesCounter = "likes";

    /// <summary>Counter of a post's boosts.</summary>
    public const string BoostsCounter = "boosts";

    /// <summary>Counter of posts for everybody that quote a post.</summary>
    public const string QuotesCounter = "quotes";

    /// <summary>Counter of a post's replies that everybody may see and nobody hid.</summary>
    public const string RepliesCounter = "replies";

    /// <summary>Counter of a post's replies for followers only that nobody hid: whoever is answered sees them all, others some.</summary>
    public const string FollowersOnlyRepliesCounter = "followersOnlyReplies";

    /// <summary>The post, whole or folded.</summary>
    public static Post Full(PostDocument post, ProfileDocument author, StatsDocument? stats, PostSight sight) => new(
        post.Id,
        ProfilePresenter.Card(author),
        sight.Folded ? string.Empty : post.Text,
        sight.Folded ? [] : MediaOf(post),
        sight.InReplyTo?.Id,
        sight.InReplyTo,
        sight.RootId,
        OrNull(post.HiddenInThread),
        OrNull(sight.Folded),
        sight.Folded ? null : sight.Quoted?.Id,
        sight.Folded ? null : sight.Quoted,
        OrNull(post.QuoteDetached),
        post.Visibility,
        post.ReplyPolicy,
        post.QuotePolicy,
        sight.Folded ? null : post.ContentWarning,
        post.Language,
        sight.Folded ? [] : post.TagsNow,
        sight.Folded || post.Mentions.Count == 0 ? [] : [.. post.Mentions.Select(mention => sight.HandleOf(mention.ProfileId) ?? mention.Handle).Distinct(StringComparer.Ordinal)],
        sight.Folded ? [] : PostEntities.Of(post, sight.HandleOf),
        ProvenanceOf(post, sight.Folded),
        StateOf(post),
        LikesOf(stats),
        stats?[BoostsCounter] ?? 0,
        (stats?[RepliesCounter] ?? 0) + (sight.IsAuthor ? stats?[FollowersOnlyRepliesCounter] ?? 0 : 0),
        stats?[QuotesCounter] ?? 0,
        post.CreatedAt,
        sight.Viewer)
    {
        Filtered = sight.Filtered,
        Poll = sight.Poll,
        EditedAt = post.EditedAt,
        Spontaneous = OrNull(post.Spontaneous),
        PendingEdit = sight.IsAuthor ? PendingEdit.Of(post) : null,
    };

    /// <summary>Whether anybody ever answered a post.</summary>
    public static bool HasReplies(StatsDocument? stats) =>
        stats is not null && (stats.Counters.ContainsKey(RepliesCounter) || stats.Counters.ContainsKey(FollowersOnlyRepliesCounter));

    /// <summary>How many like a post, those that were counted in shards included as of when they were last collected.</summary>
    public static long LikesOf(StatsDocument? stats) => (stats?[LikesCounter] ?? 0) + (stats?[ShardedTallies.CollectedLikes] ?? 0);

    /// <summary>A post as one that answers it shows it.</summary>
    /// <param name="post">The answered post.</param>
    /// <param name="author">Who wrote it.</param>
    /// <param name="folded">Whether what it says is left out.</param>
    public static InReplyTo Answered(PostDocument post, ProfileDocument author, bool folded) => new(
        post.Id, ProfilePresenter.Card(author), folded || post.ContentWarning is not null || post.Text.Length == 0 ? null : Excerpt.Of(post.Text, InReplyTo.MostText).Text);

    /// <summary>The post as a quote shows it.</summary>
    /// <param name="post">The quoted post.</param>
    /// <param name="author">Who wrote it.</param>
    /// <param name="folded">Whether what it says is left out.</param>
    /// <param name="handleOf">The handle of a profile it mentions; null for none that the viewer may know of.</param>
    public static QuotedPost Quoted(PostDocument post, ProfileDocument author, bool folded, Func<string, string?> handleOf)
    {
        var (text, isCut) = Excerpt.Of(post.Text, QuotedPost.MostText);
        return new(
            post.Id,
            ProfilePresenter.Card(author),
            folded ? null : text,
            isCut && !folded,
            folded ? [] : PostEntities.Of(post, handleOf, isCut ? text.Length - Excerpt.Ellipsis.Length : text.Length),
            folded ? [] : MediaOf(post),
            folded ? null : post.ContentWarning,
            OrNull(folded),
            ProvenanceOf(post, folded),
            StateOf(post),
            post.CreatedAt);
    }

    /// <summary>Why an approved post is not spread.</summary>
    private const string KeptReason =
        "For its author's followers and whoever looks it up, not in tags, boosts and quotes: the account is new, and nobody has looked at a picture in it yet.";

    /// <summary>A picture's own moderation says why it keeps its post back.</summary>
    private static ModerationState StateOf(PostDocument post) => ModerationState.Of(
        post.Status,
        post.Status == ModerationStatus.Approved ? post.KeptToFollowers ? KeptReason : null
            : post.Status == post.Moderation.Status ? post.Moderation.Reason
            : post.Status switch
            {
                ModerationStatus.Limited => "Shown with a warning and not recommended, because of a picture in it.",
                ModerationStatus.Held => "Held until a person has looked at a picture in it.",
                _ => "Removed, because a picture in it was: the decision on the picture says why.",
            });

    private static Provenance ProvenanceOf(PostDocument post, bool folded) => new(
        post.Provenance,
        folded || post.Media.Count == 0 ? [] : [.. post.Media.Select(MediaPresenter.ProvenanceOf)]);

    private static Media[] MediaOf(PostDocument post) => post.Media.Count == 0 ? [] : [.. post.Media.Select(MediaPresenter.Shape)];

    /// <summary>What is seldom so is left out where it is not.</summary>
    private static bool? OrNull(bool value) => value ? true : null;
}
