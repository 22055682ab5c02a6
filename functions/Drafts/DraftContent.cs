using ServerlessSocial.Polls;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Editing;

namespace ServerlessSocial.Drafts;

/// <summary>What a draft or a scheduled post holds: what <c>POST /posts</c> takes, of a draft complete or not.</summary>
/// <param name="Text">The text; empty for none yet.</param>
public sealed record DraftContent(string Text)
{
    /// <summary>Nothing yet.</summary>
    public static DraftContent Empty { get; } = new(string.Empty);

    /// <summary>The owner's pictures, at most four.</summary>
    public IReadOnlyList<string> MediaIds { get; init; } = [];

    /// <summary>Post it is to answer.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Post it is to quote.</summary>
    public string? Quote { get; init; }

    /// <summary>Who is to see it.</summary>
    public PostVisibility? Visibility { get; init; }

    /// <summary>What readers are to be told before they see it.</summary>
    public string? ContentWarning { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public string? Language { get; init; }

    /// <summary>Who may answer it.</summary>
    public ReplyPolicy? ReplyPolicy { get; init; }

    /// <summary>Who may quote it.</summary>
    public QuotePolicy? QuotePolicy { get; init; }

    /// <summary>What readers are to choose from.</summary>
    public PollTerms? Poll { get; init; }

    /// <summary>What a post held, to write it anew: as its author last wanted it, even if that was refused.</summary>
    public static DraftContent Of(PostDocument post) => post.Edit is { } edit ? As(PostEditing.With(post, edit)) : As(post);

    private static DraftContent As(PostDocument post) => new(post.Text)
    {
        MediaIds = [.. post.Media.Select(picture => picture.Id)],
        ReplyTo = post.ReplyTo,
        Quote = post.ShownQuote,
        Visibility = post.Visibility,
        ContentWarning = post.ContentWarning,
        Language = post.Language,
        ReplyPolicy = post.ReplyPolicy,
        QuotePolicy = post.QuotePolicy,
        Poll = post.Poll,
    };

    /// <summary>What a checked request holds.</summary>
    public static DraftContent Of(PostContent content, NewPost request) => new(content.Text)
    {
        MediaIds = content.MediaIds,
        ReplyTo = content.ReplyTo,
        Quote = content.Quote,
        Visibility = content.Visibility,
        ContentWarning = content.ContentWarning,
        Language = request.Language,
        ReplyPolicy = content.ReplyPolicy,
        QuotePolicy = content.QuotePolicy,
        Poll = content.Poll,
    };

    /// <summary>A request to post it, with what the request itself says in place of what the draft says.</summary>
    public NewPost FillIn(NewPost request) => request with
    {
        Text = request.Text ?? Text,
        Media = request.Media ?? [.. MediaIds.Select(id => new MediaReference(id))],
        ReplyTo = request.ReplyTo ?? ReplyTo,
        Quote = request.Quote ?? Quote,
        Visibility = request.Visibility ?? Visibility,
        ContentWarning = request.ContentWarning ?? ContentWarning,
        Language = request.Language ?? Language,
        ReplyPolicy = request.ReplyPolicy ?? ReplyPolicy,
        QuotePolicy = request.QuotePolicy ?? QuotePolicy,
        Poll = request.Poll ?? Poll?.ToRequest(),
    };

    /// <inheritdoc/>
    public bool Equals(DraftContent? other) =>
        other is not null
        && (Text, ReplyTo, Quote, Visibility, ContentWarning) == (other.Text, other.ReplyTo, other.Quote, other.Visibility, other.ContentWarning)
        && (Language, ReplyPolicy, QuotePolicy, Poll) == (other.Language, other.ReplyPolicy, other.QuotePolicy, other.Poll)
        && MediaIds.SequenceEqual(other.MediaIds, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, ReplyTo, Quote, ContentWarning, MediaIds.Count);
}
