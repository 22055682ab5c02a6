using ServerlessSocial.Filters;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Text;
using ServerlessSocial.Polls;
using ServerlessSocial.Posts.Editing;
using ServerlessSocial.Posts.Text;
using ServerlessSocial.Profiles;
using ServerlessSocial.Provenance;

namespace ServerlessSocial.Posts;

/// <summary>A post as clients see it.</summary>
/// <param name="Id">Post id; opaque, sorts by time.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Text">The text; empty where it is folded.</param>
/// <param name="Media">Its pictures; none where it is folded.</param>
/// <param name="ReplyTo">Id of the post it answers, if the caller may see that.</param>
/// <param name="InReplyTo">Who wrote that, and its first words: what a card shows above the post.</param>
/// <param name="RootId">Id of the first post of its thread, if the caller may see that; else its own.</param>
/// <param name="Hidden">Whether whoever began its thread hid it there; left out where not.</param>
/// <param name="Folded">Whether text, pictures and what else it says are left out here, because it is hidden in its thread; its own address shows them. Left out where not.</param>
/// <param name="Quote">Id of the post it quotes, if the caller may see that.</param>
/// <param name="Quoted">The quoted post, if the caller may see it.</param>
/// <param name="QuoteDetached">Whether the author of the post it quoted detached that from it; left out where not.</param>
/// <param name="Visibility">Who may see it.</param>
/// <param name="ReplyPolicy">Who may answer it.</param>
/// <param name="QuotePolicy">Who may quote it.</param>
/// <param name="ContentWarning">What to tell readers before they see it.</param>
/// <param name="Language">Language as a BCP 47 tag.</param>
/// <param name="Tags">Hashtags.</param>
/// <param name="Mentions">Handles it mentions, as they are now; of those the caller may not see as they were written.</param>
/// <param name="Entities">Where the text mentions profiles the caller may see, and where its tags and links stand, in the order of the text; none where it is folded.</param>
/// <param name="Provenance">What a model had to do with it.</param>
/// <param name="Moderation">Where it stands with moderation.</param>
/// <param name="Likes">How many like it.</param>
/// <param name="Boosts">How many passed it on.</param>
/// <param name="Replies">How many replies everybody may see it has, without those hidden in the thread; its author sees those for followers counted, too.</param>
/// <param name="Quotes">How many posts that everybody may see quote it.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="Viewer">What the caller did about it; left out when nobody is signed in.</param>
[Example("""{ "id": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e.019a5c2e0000700080000000000000ab", "author": { "id": "019a5c2e0000700080000000000000ab", "handle": "anna", "displayName": "Anna 🌿", "kind": "human" }, "text": "Good evening from the coast! #ocean", "media": [], "rootId": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e.019a5c2e0000700080000000000000ab", "visibility": "public", "replyPolicy": "everyone", "quotePolicy": "everyone", "language": "en", "tags": ["ocean"], "mentions": [], "entities": [{ "kind": "tag", "start": 29, "length": 6, "target": "ocean" }], "provenance": { "text": "human", "media": [] }, "moderation": { "status": "approved" }, "likes": 3, "boosts": 1, "replies": 0, "quotes": 0, "createdAt": "2026-11-22T10:15:00.000Z", "viewer": { "liked": true, "boosted": false, "bookmarked": false, "replied": false, "pinned": false, "canReply": true, "canQuote": true, "canBoost": true, "muted": false } }""")]
public sealed record Post(
    string Id,
    ProfileCard Author,
    string Text,
    IReadOnlyList<Media> Media,
    string? ReplyTo,
    InReplyTo? InReplyTo,
    string RootId,
    bool? Hidden,
    bool? Folded,
    string? Quote,
    QuotedPost? Quoted,
    bool? QuoteDetached,
    PostVisibility Visibility,
    ReplyPolicy ReplyPolicy,
    QuotePolicy QuotePolicy,
    string? ContentWarning,
    string? Language,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Mentions,
    IReadOnlyList<TextEntity> Entities,
    Provenance Provenance,
    ModerationState Moderation,
    long Likes,
    long Boosts,
    long Replies,
    long Quotes,
    DateTimeOffset CreatedAt,
    PostViewer? Viewer)
{
    /// <summary>Whose boost brought it into the list: in a profile's posts alone, and left out elsewhere.</summary>
    public ProfileCard? BoostedBy { get; init; }

    /// <summary>When they boosted it, which is its place in the list; left out where nobody did.</summary>
    public DateTimeOffset? BoostedAt { get; init; }

    /// <summary>The caller's filters that match it here, for a client to fold it; left out when none does.</summary>
    public IReadOnlyList<FilterMatch>? Filtered { get; init; }

    /// <summary>What it asks readers to choose from; left out where there is nothing, and where it is folded.</summary>
    public Poll? Poll { get; init; }

    /// <summary>When what it says was written; left out while it was never edited. What it said before is in its history.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>An edit of the caller's own that waits for moderation, or was refused; left out for none.</summary>
    public PendingEdit? PendingEdit { get; init; }

    /// <summary>Whether it was typed when it was posted, of no draft, without pictures by a model, and never edited; left out where nobody says so.</summary>
    public bool? Spontaneous { get; init; }

    /// <summary>Whether its author pinned it, and it stands at the top of their posts for that; left out where not.</summary>
    public bool? Pinned { get; init; }
}

/// <summary>What a reply answers, in short.</summary>
/// <param name="Id">Post id.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Excerpt">
/// The first 100 characters (grapheme clusters) of its text, with an ellipsis where it goes on; left out where the text has a warning, or is folded.
/// </param>
public sealed record InReplyTo(string Id, ProfileCard Author, string? Excerpt)
{
    /// <summary>Grapheme clusters of the excerpt.</summary>
    internal const int MostText = 100;
}

/// <summary>A picture in a post.</summary>
/// <param name="Id">Media id.</param>
/// <param name="Url">Path to fetch it from.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Alt">Description for those who do not see it.</param>
/// <param name="Blurhash">What to show until it is there: a BlurHash of 4 x 3 components; left out for pictures from before there was one.</param>
/// <param name="Thumbnails">Smaller versions, the smallest first; none for small pictures and those from before there were any.</param>
/// <param name="Provenance">Who made it.</param>
public sealed record Media(
    string Id,
    string Url,
    string ContentType,
    int Width,
    int Height,
    string? Alt,
    string? Blurhash,
    IReadOnlyList<Thumbnail> Thumbnails,
    MediaProvenance Provenance);

/// <summary>A smaller version of a picture, as WebP; of an animation, its first frame.</summary>
/// <param name="Url">Path to fetch it from.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record Thumbnail(string Url, int Width, int Height);

/// <summary>What a model had to do with a post: always said.</summary>
/// <param name="Text">Who wrote the text.</param>
/// <param name="Media">For each picture, in order: who made it.</param>
public sealed record Provenance(TextProvenance Text, IReadOnlyList<MediaProvenance> Media);

/// <summary>Who made a picture.</summary>
/// <param name="Id">Media id.</param>
/// <param name="Source"><c>uploaded</c> or <c>generated</c>.</param>
/// <param name="Model">Name of the model, when generated; <c>unknown</c> where the file says that a model made it and not which.</param>
/// <param name="Credentials">What the Content Credentials (C2PA) say that came with the upload; left out where none came. Those of what was made here are in the file.</param>
public sealed record MediaProvenance(string Id, MediaSource Source, string? Model, PictureCredentials? Credentials = null);

/// <summary>Where a picture comes from.</summary>
public enum MediaSource
{
    /// <summary>A person uploaded it.</summary>
    Uploaded,

    /// <summary>A model made it.</summary>
    Generated,
}

/// <summary>Where a post stands with moderation. Beyond approved and limited, its author and moderators alone see it.</summary>
/// <param name="Status">The state.</param>
/// <param name="Reason">Why, in a sentence; with an approved post, why it is not spread beyond followers yet. In German or English, by Accept-Language; a person's words as they are.</param>
/// <param name="ReasonCode">Names that sentence, for clients with words of their own; left out for a person's words.</param>
public sealed record ModerationState(ModerationStatus Status, string? Reason, string? ReasonCode)
{
    /// <summary>The state, with its reason told to whoever asks.</summary>
    public static ModerationState Of(ModerationStatus status, string? reason)
    {
        var told = Wording.Of(reason);
        return new(status, told.Words, told.Code);
    }
}

/// <summary>What the caller did about a post, and may do.</summary>
/// <param name="Liked">Likes it.</param>
/// <param name="Boosted">Passed it on.</param>
/// <param name="Bookmarked">Keeps it.</param>
/// <param name="Replied">Answered it; told some seconds late, and not of a reply that was hidden in its thread from the beginning.</param>
/// <param name="Pinned">Wrote it and pinned it to the top of their own posts.</param>
/// <param name="CanReply">May answer it.</param>
/// <param name="CanQuote">May quote it.</param>
/// <param name="CanBoost">May pass it on.</param>
public sealed record PostViewer(bool Liked, bool Boosted, bool Bookmarked, bool Replied, bool Pinned, bool CanReply, bool CanQuote, bool CanBoost)
{
    /// <summary>Mutes the thread it is in.</summary>
    public bool Muted { get; init; }
}

/// <summary>A quoted post, in short.</summary>
/// <param name="Id">Post id.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Text">The text, of a longer one the first 500 characters (grapheme clusters) and an ellipsis; left out where it is folded.</param>
/// <param name="TextCut">Whether the text goes on.</param>
/// <param name="Entities">As of a post, as far as they are whole in the text.</param>
/// <param name="Media">Its pictures; none where it is folded.</param>
/// <param name="ContentWarning">What to tell readers before they see it.</param>
/// <param name="Folded">Whether text and pictures are left out here, because moderation limited the post; its own address shows them. Left out where not.</param>
/// <param name="Provenance">What a model had to do with it.</param>
/// <param name="Moderation">Where it stands with moderation.</param>
/// <param name="CreatedAt">When it was written.</param>
public sealed record QuotedPost(
    string Id,
    ProfileCard Author,
    string? Text,
    bool TextCut,
    IReadOnlyList<TextEntity> Entities,
    IReadOnlyList<Media> Media,
    string? ContentWarning,
    bool? Folded,
    Provenance Provenance,
    ModerationState Moderation,
    DateTimeOffset CreatedAt)
{
    /// <summary>Grapheme clusters of a quoted text.</summary>
    internal const int MostText = 500;
}
