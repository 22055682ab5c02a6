using System.Diagnostics;
using ServerlessSocial.Moderation;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Posts.Editing;

/// <summary>What an author wants a visible post to say instead. Until moderation has approved it the post stands as it was; what it does not approve stays here with the reason.</summary>
/// <param name="Text">The text, normalised.</param>
/// <param name="ContentWarning">Null for none.</param>
/// <param name="Language">Given or guessed.</param>
/// <param name="Alts">Descriptions of its pictures by their ids; those that are not named stay as they are.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="Status">Pending, or removed when it was refused.</param>
/// <param name="Reason">Why it was refused; null while pending.</param>
public sealed record PostEdit(
    string Text, string? ContentWarning, string? Language, IReadOnlyDictionary<string, string?> Alts, DateTimeOffset At, ModerationStatus Status, string? Reason)
{
    /// <summary>Whom the text mentions, resolved when the edit was asked for.</summary>
    public IReadOnlyList<PostMention> Mentions { get; init; } = [];
}

/// <summary>What a post said before an edit that was approved, as long as traces of that stand where posts are looked up: the next edit waits for it.</summary>
/// <param name="Number">How many versions there were before.</param>
/// <param name="Version">What it said; null once the post is deleted.</param>
/// <param name="Tags">Its hashtags.</param>
/// <param name="Mentions">Whom it mentioned.</param>
public sealed record EarlierPost(int Number, PostVersion? Version, IReadOnlyList<string> Tags, IReadOnlyList<PostMention> Mentions)
{
    /// <summary>What a post says now.</summary>
    public static EarlierPost Of(PostDocument post) => new(post.Edits, PostVersion.Of(post), post.Tags, post.Mentions);
}

/// <summary>What edits make of posts. Pure, but for the trace that a change belongs to.</summary>
public static class PostEditing
{
    /// <summary>Edits of a post at most, those that were refused among them: so many versions are kept, and so many people noted.</summary>
    public const int MostEdits = 50;

    /// <summary>The post as its author last wanted it, unless that was refused: what the next edit is an edit of.</summary>
    public static PostDocument Newest(PostDocument post) => post.Edit is { Status: ModerationStatus.Pending } edit ? With(post, edit) : post;

    /// <summary>
    /// The post that is to be changed: at once while nobody else has seen it, else once moderation has approved the change. The post itself if nothing changes; one
    /// that is to say what it says anyway waits for nothing any more.
    /// </summary>
    public static PostDocument Asked(PostDocument post, PostEdit edit)
    {
        if (SaysTheSame(Newest(post), edit))
        {
            return post;
        }

        var asked = post.Moderation.Status == ModerationStatus.Pending ? With(post, edit)
            : post with { Edit = SaysTheSame(post, edit) ? null : edit };
        return asked with
        {
            Edition = post.Edition + 1,
            Named = [.. post.Named.Union(post.Mentions.Concat(edit.Mentions).Select(mention => mention.ProfileId), StringComparer.Ordinal)],
            WorkSince = edit.At,
            TraceParent = Activity.Current?.Id,
        };
    }

    /// <summary>The post as it would be shown.</summary>
    public static PostDocument With(PostDocument post, PostEdit edit) => post with
    {
        Text = edit.Text,
        ContentWarning = edit.ContentWarning,
        Language = edit.Language,
        Tags = TextEntities.Find(edit.Text).Tags,
        Mentions = edit.Mentions,
        Media = [.. post.Media.Select(picture => edit.Alts.TryGetValue(picture.Id, out var alt) ? picture with { Alt = alt } : picture)],
    };

    /// <summary>The post after an edit that was approved: what it said before is to be kept, and its tags and whom it mentions to be seen to again.</summary>
    /// <param name="post">The post.</param>
    /// <param name="edit">The edit.</param>
    /// <param name="at">When it was approved.</param>
    public static PostDocument Approved(PostDocument post, PostEdit edit, DateTimeOffset at) => With(post, edit) with
    {
        Mentions = [.. edit.Mentions.Select(mention => post.Mentions.FirstOrDefault(known => known.ProfileId == mention.ProfileId) is { } known
            ? mention with { Since = known.Since }
            : mention with { Since = at })],
        Edit = null,
        EditedAt = edit.At,
        Edits = post.Edits + 1,
        Earlier = EarlierPost.Of(post),
    };

    /// <summary>The post as it stands, with an edit that was refused.</summary>
    public static PostDocument Refused(PostDocument post, string reason) => post with { Edit = post.Edit! with { Status = ModerationStatus.Removed, Reason = reason } };

    private static bool SaysTheSame(PostDocument post, PostEdit edit) =>
        (post.Text, post.ContentWarning, post.Language) == (edit.Text, edit.ContentWarning, edit.Language)
        && post.Media.All(picture => !edit.Alts.TryGetValue(picture.Id, out var alt) || alt == picture.Alt);
}
