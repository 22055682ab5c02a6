using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Polls;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Drafts;

/// <summary>
/// What a draft is to hold, or what to change about it (in the manner of JSON Merge Patch, RFC 7396): what is left out stays as it is, null empties. Anything may
/// be missing; what a post needs is asked for when it is posted.
/// </summary>
[Example("""{ "text": "Thoughts on sourdough, part", "language": "en" }""")]
public record DraftChanges : MergePatch
{
    /// <summary>Up to 5,000 characters (grapheme clusters).</summary>
    [MaxGraphemes(PostContent.MaxText)]
    public string? Text
    {
        get;
        init => field = Given(value);
    }

    /// <summary>At most four of the caller's own pictures that are in no post and in no other draft; they are kept as long as the draft is.</summary>
    [MaxLength(PostContent.MaxMedia)]
    public IReadOnlyList<MediaReference?>? Media
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Id of the post it is to answer; looked up when it is posted.</summary>
    public string? ReplyTo
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Id of the post it is to quote; looked up when it is posted.</summary>
    public string? Quote
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Who is to see it.</summary>
    public PostVisibility? Visibility
    {
        get;
        init => field = Given(value);
    }

    /// <summary>What to tell readers before they see it: at most 200 characters.</summary>
    [MaxGraphemes(PostContent.MaxContentWarning)]
    public string? ContentWarning
    {
        get;
        init => field = Given(value);
    }

    /// <summary>BCP 47 tag; guessed from the text when it is posted unless given.</summary>
    public string? Language
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Who may answer it.</summary>
    public ReplyPolicy? ReplyPolicy
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Who may quote it.</summary>
    public QuotePolicy? QuotePolicy
    {
        get;
        init => field = Given(value);
    }

    /// <summary>What readers are to choose from.</summary>
    public NewPoll? Poll
    {
        get;
        init => field = Given(value);
    }

    /// <summary>What is wrong with the changes, or null.</summary>
    /// <param name="me">Profile of the caller, who must own the pictures.</param>
    public Error? Problems(string me)
    {
        var problems = Validate(me);
        PollTerms.Read(Poll, problems);
        return problems.Error;
    }

    private Validation Validate(string me) => new Validation()
        .Note("text", TextLength.Problem(TextLength.Normalize(Text ?? string.Empty), PostContent.MaxText, required: false))
        .Note("contentWarning", TextLength.Problem(TextLength.Normalize(ContentWarning ?? string.Empty), PostContent.MaxContentWarning, required: false))
        .Note("language", PostContent.LanguageProblem(Language))
        .Note("media", PostContent.MediaProblem(Media ?? [], me))
        .Require(ReplyTo is null || OwnedIds.TryParse(ReplyTo, out _), "replyTo", "The id of a post.")
        .Require(Quote is null || OwnedIds.TryParse(Quote, out _), "quote", "The id of a post.");

    /// <summary>The content with the changes made, which must have no <see cref="Problems"/>. Pure.</summary>
    public DraftContent ApplyTo(DraftContent content) => new(Has(nameof(Text)) ? Clean(Text) ?? string.Empty : content.Text)
    {
        MediaIds = Has(nameof(Media)) ? [.. (Media ?? []).Select(picture => picture!.Id!)] : content.MediaIds,
        ReplyTo = Has(nameof(ReplyTo)) ? ReplyTo : content.ReplyTo,
        Quote = Has(nameof(Quote)) ? Quote : content.Quote,
        Visibility = Has(nameof(Visibility)) ? Visibility : content.Visibility,
        ContentWarning = Has(nameof(ContentWarning)) ? Clean(ContentWarning) : content.ContentWarning,
        Language = Has(nameof(Language)) ? Language : content.Language,
        ReplyPolicy = Has(nameof(ReplyPolicy)) ? ReplyPolicy : content.ReplyPolicy,
        QuotePolicy = Has(nameof(QuotePolicy)) ? QuotePolicy : content.QuotePolicy,
        Poll = Has(nameof(Poll)) ? PollTerms.Read(Poll, new()) : content.Poll,
    };

    private static string? Clean(string? text) => TextLength.Normalize(text ?? string.Empty) is var clean && TextLength.IsBlank(clean) ? null : clean;
}
