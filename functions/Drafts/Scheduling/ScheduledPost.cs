using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Polls;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Drafts.Scheduling;

/// <summary>A post that is to be written at a time, as its owner alone sees it.</summary>
/// <param name="Id">Id of the scheduled post, which is not the post's.</param>
/// <param name="PublishAt">When it is to be written.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Reason">Why it could not be written.</param>
/// <param name="PostId">Id of the post, once it is written.</param>
/// <param name="Text">The text.</param>
/// <param name="Media">Its pictures.</param>
/// <param name="ReplyTo">Id of the post it will answer.</param>
/// <param name="Quote">Id of the post it will quote.</param>
/// <param name="Visibility">Who will see it.</param>
/// <param name="ContentWarning">What readers will be told before they see it.</param>
/// <param name="Language">BCP 47 tag, if one was given.</param>
/// <param name="ReplyPolicy">Who may answer it.</param>
/// <param name="QuotePolicy">Who may quote it.</param>
/// <param name="Poll">What readers are to choose from.</param>
/// <param name="CreatedAt">When it was scheduled first.</param>
[Example("""{ "id": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e", "publishAt": "2026-11-24T07:00:00.000Z", "status": "waiting", "text": "Good morning!", "media": [], "visibility": "public", "createdAt": "2026-11-22T10:15:00.000Z" }""")]
public sealed record ScheduledPost(
    string Id,
    DateTimeOffset PublishAt,
    ScheduledPostStatus Status,
    string? Reason,
    string? PostId,
    string Text,
    IReadOnlyList<Posts.Media> Media,
    string? ReplyTo,
    string? Quote,
    PostVisibility? Visibility,
    string? ContentWarning,
    string? Language,
    ReplyPolicy? ReplyPolicy,
    QuotePolicy? QuotePolicy,
    PollTerms? Poll,
    DateTimeOffset CreatedAt)
{
    /// <summary>One with the pictures that are still there.</summary>
    public static ScheduledPost Of(ScheduledPostDocument scheduled, IReadOnlyList<Posts.Media> media) => new(
        scheduled.Id,
        scheduled.PublishAt,
        scheduled.Status,
        Platform.Text.Wording.Of(scheduled.Reason).Words,
        scheduled.Status == ScheduledPostStatus.Published ? scheduled.PostId : null,
        scheduled.Content.Text,
        media,
        scheduled.Content.ReplyTo,
        scheduled.Content.Quote,
        scheduled.Content.Visibility,
        scheduled.Content.ContentWarning,
        scheduled.Content.Language,
        scheduled.Content.ReplyPolicy,
        scheduled.Content.QuotePolicy,
        scheduled.Content.Poll,
        Ids.TimeOf(scheduled.Id));
}
