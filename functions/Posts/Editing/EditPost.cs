using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Posts.Editing;

/// <summary>The description of a picture in a post.</summary>
/// <param name="Id">Media id of a picture in the post.</param>
/// <param name="Alt">What it shows, for those who do not see it: at most 1,500 characters; null or empty for none.</param>
public sealed record PictureDescription([property: Required] string? Id = null, string? Alt = null);

/// <summary>What to change about a post: what is left out stays as it is, null empties. Its poll, its pictures themselves, what it answers and quotes and who may see it stay.</summary>
[Example("""{ "text": "Good evening from the coast! #ocean" }""")]
public sealed record PostChanges
{
    private readonly HashSet<string> given = new(StringComparer.Ordinal);

    /// <summary>1 to 5,000 characters (grapheme clusters); may be emptied when there are pictures.</summary>
    public string? Text
    {
        get;
        init => field = Given(value, "text");
    }

    /// <summary>What to tell readers before they see it: at most 200 characters.</summary>
    public string? ContentWarning
    {
        get;
        init => field = Given(value, "contentWarning");
    }

    /// <summary>BCP 47 tag; guessed from the text when it is emptied.</summary>
    public string? Language
    {
        get;
        init => field = Given(value, "language");
    }

    /// <summary>Other descriptions of its pictures; those that are not named stay as they are.</summary>
    public IReadOnlyList<PictureDescription?>? Media { get; init; }

    /// <summary>What is asked for, checked and normalised; or everything that is wrong with it.</summary>
    public (PostEdit Edit, Error? Error) ApplyTo(PostDocument post, DateTimeOffset now)
    {
        var text = Has("text") ? TextLength.Normalize(Text ?? string.Empty) : post.Text;
        var warning = Has("contentWarning") ? TextLength.Normalize(ContentWarning ?? string.Empty) : post.ContentWarning ?? string.Empty;
        var problems = new Validation()
            .Note("text", TextLength.Problem(text, PostContent.MaxText, required: post.Media.Count == 0 || post.Poll is not null))
            .Note("contentWarning", TextLength.Problem(warning, PostContent.MaxContentWarning, required: false))
            .Note("language", PostContent.LanguageProblem(Language))
            .Require((Media ?? []).All(picture => post.Media.Any(shown => shown.Id == picture?.Id)), "media", "There is no such picture in the post.")
            .Require((Media ?? []).Select(picture => picture?.Id).Distinct(StringComparer.Ordinal).Count() == (Media ?? []).Count, "media", "Each picture once.");
        var alts = new Dictionary<string, string?>(StringComparer.Ordinal);
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
            Has("language") ? Language ?? LanguageGuess.Of(clean) : Has("text") ? LanguageGuess.Of(clean) ?? post.Language : post.Language,
            alts,
            now,
            ModerationStatus.Pending,
            null), problems.Error);
    }

    private bool Has(string field) => given.Contains(field);

    private T Given<T>(T value, string field)
    {
        given.Add(field);
        return value;
    }
}

/// <summary>Edits a post.</summary>
public sealed class EditPost(IDocumentStore documents, PostReader reader, TimeProvider time)
{
    /// <summary>Edit your post.</summary>
    /// <remarks>
    /// Moderation looks at it anew; until it has approved the edit everybody sees the post as it was, and you find the edit in <c>pendingEdit</c>. What it does not approve
    /// is refused with the reason, and the post stands. What the post said before is in <c>GET /posts/{id}/history</c>. A post can be edited 50 times.
    /// </remarks>
    [Function(nameof(EditPost))]
    [Access(Access.Profile)]
    [Limit(Bucket.Posts)]
    [RequestBody(typeof(PostChanges))]
    [IfMatch]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Ok<Post>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "posts/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (changes, unreadable) = await http.ReadJsonAsync<PostChanges>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var me = http.Me();
        while (true)
        {
            if (!OwnedIds.TryParse(id, out var authorId) || authorId != me
                || await documents.FindAsync<PostDocument>(me, id, cancellationToken) is not { DeletedAt: null } post)
            {
                return new Missing("post");
            }

            var (edit, invalid) = changes!.ApplyTo(post, time.GetUtcNow());
            if ((EntityTag.Check(http, post.Edition) ?? invalid ?? Refusal(post)) is { } refused)
            {
                return refused;
            }

            if ((await documents.ReplaceAsync(PostEditing.Asked(post, edit), cancellationToken)).NotThrottled() is { IsDone: true, Document: { } written })
            {
                EntityTag.Set(http, written.Edition);
                return await reader.ReadAsync(id, Viewer.Of(http), Place.Post, cancellationToken) is { } shown ? TypedResults.Ok(shown) : new Missing("post");
            }

            // A worker was faster, which is no edit made elsewhere: that the version tells.
        }
    }

    private static Error? Refusal(PostDocument post) =>
        post.Moderation.Appeal is not null || (post.Moderation.Status != ModerationStatus.Pending && !post.IsVisible) ? new NotEditable()
        : post.Edits >= PostEditing.MostEdits ? new TooManyEdits()
        : null;
}
