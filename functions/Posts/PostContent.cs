using System.Text.RegularExpressions;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Polls;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Posts;

/// <summary>What a request wants to post, checked and normalised as far as that needs no look into the store.</summary>
/// <param name="Text">The text, normalised.</param>
/// <param name="MediaIds">Well-formed media ids of the author's, each once.</param>
/// <param name="ReplyTo">The post it answers, as sent.</param>
/// <param name="Quote">The post it quotes, as sent.</param>
/// <param name="Visibility">Who may see it.</param>
/// <param name="ContentWarning">Normalised; null for none.</param>
/// <param name="Language">Given or guessed.</param>
/// <param name="ReplyPolicy">Who may answer it.</param>
/// <param name="QuotePolicy">Who may quote it.</param>
/// <param name="Poll">What it asks readers to choose from; null for nothing.</param>
/// <param name="Found">Tags and handles in the text.</param>
public sealed partial record PostContent(
    string Text,
    IReadOnlyList<string> MediaIds,
    string? ReplyTo,
    string? Quote,
    PostVisibility Visibility,
    string? ContentWarning,
    string? Language,
    ReplyPolicy ReplyPolicy,
    QuotePolicy QuotePolicy,
    PollTerms? Poll,
    TextEntitiesFound Found)
{
    /// <summary>Whether it is to be spontaneous.</summary>
    public bool Spontaneous { get; init; }

    /// <summary>Longest text, in extended grapheme clusters.</summary>
    public const int MaxText = 5_000;

    /// <summary>Longest content warning, in extended grapheme clusters.</summary>
    public const int MaxContentWarning = 200;

    /// <summary>Most pictures in a post.</summary>
    public const int MaxMedia = 4;

    /// <summary>Checks a request: the content, or everything that is wrong with it.</summary>
    public static (PostContent Content, Error? Error) Read(NewPost request, string authorId)
    {
        var media = request.Media ?? [];
        var text = TextLength.Normalize(request.Text ?? string.Empty);
        var warning = TextLength.Normalize(request.ContentWarning ?? string.Empty);
        var problems = new Validation()
            .Note("text", TextLength.Problem(text, MaxText, required: media.Count == 0 || request.Poll is not null))
            .Note("contentWarning", TextLength.Problem(warning, MaxContentWarning, required: false))
            .Note("language", LanguageProblem(request.Language))
            .Note("media", MediaProblem(media, authorId))
            .Require(request is not { Spontaneous: true, DraftId: not null } and not { Spontaneous: true, PublishAt: not null }, "spontaneous", "Neither of a draft nor for later.");
        var poll = PollTerms.Read(request.Poll, problems);
        var invalid = problems.Error;
        if (invalid is not null)
        {
            return (null!, invalid);
        }

        text = TextLength.IsBlank(text) ? string.Empty : text;
        var content = new PostContent(
            text,
            [.. media.Select(item => item!.Id!)],
            request.ReplyTo,
            request.Quote,
            request.Visibility ?? PostVisibility.Public,
            TextLength.IsBlank(warning) ? null : warning,
            request.Language ?? LanguageGuess.Of(text),
            request.ReplyPolicy ?? ReplyPolicy.Everyone,
            request.QuotePolicy ?? QuotePolicy.Everyone,
            poll,
            TextEntities.Find(text))
        {
            Spontaneous = request.Spontaneous == true,
        };
        return (content, null);
    }

    /// <summary>What is wrong with a language tag; null for nothing, or when there is none.</summary>
    internal static string? LanguageProblem(string? tag) => tag is null || IsLanguageTag(tag) ? null : "A language tag such as en, de-AT or zh-Hant.";

    /// <summary>What is wrong with the pictures of a post or draft as far as that needs no look into the store; null for nothing.</summary>
    internal static string? MediaProblem(IReadOnlyList<MediaReference?> media, string ownerId) =>
        media.Count > MaxMedia ? $"At most {MaxMedia} pictures."
        : media.Select(item => item?.Id).Distinct(StringComparer.Ordinal).Count() != media.Count ? "Each picture once."
        : media.All(item => OwnedIds.TryParse(item?.Id, out var owner) && owner == ownerId) ? null
        : "There is no such picture of yours.";

    private static bool IsLanguageTag(string tag) => tag.Length is >= 2 and <= 35 && LanguageTag().IsMatch(tag);

    /// <summary>The common shape of RFC 5646 tags: a language and further subtags. Whether they are registered is not looked up.</summary>
    [GeneratedRegex(@"\A[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LanguageTag();
}
