using System.Globalization;
using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Posts.Editing;

/// <summary>What a post said before an edit. It goes with the post.</summary>
[PersonalData(Belongs.Elsewhere, ErasedBy = typeof(ErasePosts))]
public sealed record PostVersionDocument : Document, IDocument<PostVersionDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("post-versions", "/postId");

    /// <summary>The post.</summary>
    public required string PostId { get; init; }

    /// <summary>What it said.</summary>
    public required PostVersion Version { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => PostId;

    /// <summary>A version of a post, by how many there were before: the same one however often it is kept.</summary>
    public static PostVersionDocument Of(string postId, int number, PostVersion version) =>
        new() { Id = number.ToString("d4", CultureInfo.InvariantCulture), PostId = postId, Version = version };
}

/// <summary>What a post says, or said until it was edited.</summary>
/// <param name="Text">The text.</param>
/// <param name="ContentWarning">What readers are told before they see it.</param>
/// <param name="Alts">Descriptions of its pictures, in their order; empty for none.</param>
/// <param name="At">Since when it said so.</param>
[Example("""{ "text": "Good evning from the coast!", "alts": [], "at": "2026-11-22T10:15:00.000Z" }""")]
public sealed record PostVersion(string Text, string? ContentWarning, IReadOnlyList<string> Alts, DateTimeOffset At)
{
    /// <summary>Descriptions of its pictures, in their order; empty for none.</summary>
    public IReadOnlyList<string> Alts { get; init; } = [.. Alts.Select(alt => alt ?? string.Empty)];

    /// <summary>The version that a post shows.</summary>
    public static PostVersion Of(PostDocument post) => new(post.Text, post.ContentWarning, [.. post.Media.Select(picture => picture.Alt ?? string.Empty)], post.EditedAt ?? post.CreatedAt);
}

/// <summary>An edit that waits, or was refused, as the author alone sees it.</summary>
/// <param name="Text">The text.</param>
/// <param name="ContentWarning">What readers would be told before they see it.</param>
/// <param name="Status"><c>pending</c>, or <c>removed</c> when it was refused; the post stands as it was.</param>
/// <param name="Reason">Why it was refused, in the language of the caller.</param>
/// <param name="ReasonCode">Names that reason, for clients that say it in their own words.</param>
/// <param name="At">When it was asked for.</param>
public sealed record PendingEdit(string Text, string? ContentWarning, Moderation.ModerationStatus Status, string? Reason, string? ReasonCode, DateTimeOffset At)
{
    /// <summary>The edit of a post; null for none.</summary>
    public static PendingEdit? Of(PostDocument post) =>
        post.Edit is { } edit && Platform.Text.Wording.Of(edit.Reason) is var (code, words) ? new(edit.Text, edit.ContentWarning, edit.Status, words, code, edit.At) : null;
}
