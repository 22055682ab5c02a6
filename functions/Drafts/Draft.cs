using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Polls;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Drafts;

/// <summary>A draft, as its owner alone sees it.</summary>
/// <param name="Id">Draft id.</param>
/// <param name="Kind">What it is to become.</param>
/// <param name="Text">The text; empty for none yet.</param>
/// <param name="Media">Its pictures.</param>
/// <param name="ReplyTo">Id of the post it is to answer.</param>
/// <param name="Quote">Id of the post it is to quote.</param>
/// <param name="Visibility">Who is to see it; left out for what posts have unless said otherwise.</param>
/// <param name="ContentWarning">What readers are to be told before they see it.</param>
/// <param name="Language">BCP 47 tag, if one was given.</param>
/// <param name="ReplyPolicy">Who may answer it.</param>
/// <param name="QuotePolicy">Who may quote it.</param>
/// <param name="Poll">What readers are to choose from.</param>
/// <param name="Versions">Its latest earlier texts, the latest first: at most 20, of long ones fewer.</param>
/// <param name="Provenance">How much of the text a model wrote.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="UpdatedAt">When it changed last.</param>
[Example("""{ "id": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e", "kind": "post", "text": "Thoughts on sourdough, part one: patience.", "media": [], "language": "en", "versions": [{ "text": "Thoughts on sourdough, part", "at": "2026-11-22T10:15:00.000Z" }], "provenance": "human", "createdAt": "2026-11-22T10:15:00.000Z", "updatedAt": "2026-11-22T10:16:00.000Z" }""")]
public sealed record Draft(
    string Id,
    DraftKind Kind,
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
    IReadOnlyList<DraftVersion> Versions,
    TextProvenance Provenance,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>A draft with the pictures that are still there.</summary>
    public static Draft Of(DraftDocument draft, IReadOnlyList<Posts.Media> media) => new(
        draft.Id,
        draft.Kind,
        draft.Content.Text,
        media,
        draft.Content.ReplyTo,
        draft.Content.Quote,
        draft.Content.Visibility,
        draft.Content.ContentWarning,
        draft.Content.Language,
        draft.Content.ReplyPolicy,
        draft.Content.QuotePolicy,
        draft.Content.Poll,
        draft.Versions,
        draft.Provenance,
        Ids.TimeOf(draft.Id),
        draft.UpdatedAt);
}
