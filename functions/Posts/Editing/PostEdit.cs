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
    string Text, string? ContentWarning, string? Language, IReadOnlyDictionary<string, string?> Alts, DateTimeOffset At, ModerationStatus Status, string? Reason);

/// <summary>What edits make of posts. Pure, but for the trace that a change belongs to.</summary>
public static class PostEditing
{
    /// <summary>Edits of a post at most: so many versions are kept.</summary>
    public const int MostEdits = 50;

    /// <summary>The post that is to be changed: at once while nobody else has seen it, else once moderation has approved the change.</summary>
    public static PostDocument Asked(PostDocument post, PostEdit edit)
    {
        var asked = post.Moderation.Status == ModerationStatus.Pending ? With(post, edit) : post with { Edit = edit };
        return asked with { Edition = post.Edition + 1, WorkSince = edit.At, TraceParent = Activity.Current?.Id };
    }

    /// <summary>The post as it would be shown.</summary>
    public static PostDocument With(PostDocument post, PostEdit edit) => post with
    {
        Text = edit.Text,
        ContentWarning = edit.ContentWarning,
        Language = edit.Language,
        Tags = TextEntities.Find(edit.Text).Tags,
        Media = [.. post.Media.Select(picture => edit.Alts.TryGetValue(picture.Id, out var alt) ? picture with { Alt = alt } : picture)],
    };

    /// <summary>The post after an edit that was approved: its tags and whom it mentions are to be seen to again.</summary>
    public static PostDocument Approved(PostDocument post, PostEdit edit, IReadOnlyList<PostMention> mentions) => With(post, edit) with
    {
        Mentions = mentions,
        Edit = null,
        EditedAt = edit.At,
        Edits = post.Edits + 1,
        Shown = Showing.InPart,
    };

    /// <summary>The post as it stands, with an edit that was refused.</summary>
    public static PostDocument Refused(PostDocument post, string reason) => post with { Edit = post.Edit! with { Status = ModerationStatus.Removed, Reason = reason } };
}
