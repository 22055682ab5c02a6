using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Posts.Editing;

/// <summary>The description of a picture in a post.</summary>
/// <param name="Id">Media id of a picture in the post.</param>
/// <param name="Alt">What it shows, for those who do not see it: at most 1,500 characters; null or empty for none.</param>
public sealed record PictureDescription([property: Required] string? Id = null, [property: MaxGraphemes(AltText.MaxLength)] string? Alt = null);

/// <summary>What to change about a post: what is left out stays as it is, null empties. Its poll, its pictures themselves, what it answers and quotes and who may see it stay.</summary>
[Example("""{ "text": "Good evening from the coast! #ocean" }""")]
public sealed record PostChanges : MergePatch
{
    /// <summary>1 to 5,000 characters (grapheme clusters); may be emptied when there are pictures.</summary>
    [MaxGraphemes(PostContent.MaxText)]
    public string? Text
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

    /// <summary>BCP 47 tag; guessed from the text when it is emptied.</summary>
    public string? Language
    {
        get;
        init => field = Given(value);
    }

    /// <summary>Other descriptions of its pictures; those that are not named stay as they are.</summary>
    [MaxLength(PostContent.MaxMedia)]
    public IReadOnlyList<PictureDescription?>? Media { get; init; }

    /// <summary>What is asked for, checked and normalised, on top of what waits already; or everything that is wrong with it.</summary>
    public (PostEdit Edit, Error? Error) ApplyTo(PostDocument shown, DateTimeOffset now)
    {
        var post = PostEditing.Newest(shown);
        var text = Has(nameof(Text)) ? TextLength.Normalize(Text ?? string.Empty) : post.Text;
        var warning = Has(nameof(ContentWarning)) ? TextLength.Normalize(ContentWarning ?? string.Empty) : post.ContentWarning ?? string.Empty;
        var problems = new Validation()
            .Note("text", TextLength.Problem(text, PostContent.MaxText, required: post.Media.Count == 0 || post.Poll is not null))
            .Note("contentWarning", TextLength.Problem(warning, PostContent.MaxContentWarning, required: false))
            .Note("language", PostContent.LanguageProblem(Language))
            .Require((Media ?? []).All(picture => post.Media.Any(shown => shown.Id == picture?.Id)), "media", "There is no such picture in the post.")
            .Require((Media ?? []).Select(picture => picture?.Id).Distinct(StringComparer.Ordinal).Count() == (Media ?? []).Count, "media", "Each picture once.");
        var waiting = shown.Edit is { Status: ModerationStatus.Pending } edit ? edit.Alts : new Dictionary<string, string?>();
        var alts = new Dictionary<string, string?>(waiting, StringComparer.Ordinal);
        foreach (var picture in (Media ?? []).Where(picture => picture?.Id is not null))
        {
            var (alt, invalid) = AltText.Check(picture!.Alt ?? string.Empty, "media");
            problems.Note("media", (invalid as InvalidFields)?.ByField["media"][0]);
            alts[picture.Id!] = alt;
        }

        var clean = TextLength.IsBlank(text) ? string.Empty : text;
        return (new(
            clean,
            TextLength.IsBlank(warning) ? null : warning,
            Has(nameof(Language)) ? Language ?? LanguageGuess.Of(clean)
                : clean == shown.Text ? shown.Language
                : Has(nameof(Text)) ? LanguageGuess.Of(clean) ?? post.Language
                : post.Language,
            alts,
            now,
            ModerationStatus.Pending,
            null), problems.Error);
    }
}
