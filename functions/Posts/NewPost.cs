using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Polls;

namespace ServerlessSocial.Posts;

/// <summary>A post to be written.</summary>
/// <param name="Text">1 to 5,000 characters (grapheme clusters); may be left out when there are pictures.</param>
/// <param name="Media">At most four of the caller's own pictures that are in no other post.</param>
/// <param name="ReplyTo">Id of the post it answers. A reply to a followers-only post is for followers only.</param>
/// <param name="Quote">Id of the post it quotes: public, not limited, and of an author who lets the caller quote it.</param>
/// <param name="Visibility">Who may see it; everyone unless said otherwise.</param>
/// <param name="ContentWarning">What to tell readers before they see it: at most 200 characters.</param>
/// <param name="Language">BCP 47 tag; guessed from the text unless given.</param>
/// <param name="DraftId">Id of the caller's draft that it is made of: what the request leaves out is taken from there, and the draft is gone once the post is there.</param>
/// <param name="ReplyPolicy">Who may answer it; everyone unless said otherwise. Of the first post of a thread it holds for the whole thread.</param>
/// <param name="QuotePolicy">Who may quote it; everyone unless said otherwise.</param>
/// <param name="Poll">What readers may choose from; a post with a poll has a text.</param>
/// <param name="PublishAt">When to write it, in the future and at most a year ahead; left out, now.</param>
/// <param name="Spontaneous">
/// Whether it was typed just now and stays as it is: of no draft, not for later, without pictures by a model, and never edited. It carries a mark that says so.
/// </param>
[Example("""{ "text": "Good evening from the coast! #ocean @ben", "visibility": "public", "language": "en" }""")]
public sealed record NewPost(
    [property: MaxGraphemes(PostContent.MaxText)] string? Text = null,
    [property: MaxLength(PostContent.MaxMedia)] IReadOnlyList<MediaReference?>? Media = null,
    string? ReplyTo = null,
    string? Quote = null,
    PostVisibility? Visibility = null,
    [property: MaxGraphemes(PostContent.MaxContentWarning)] string? ContentWarning = null,
    string? Language = null,
    string? DraftId = null,
    ReplyPolicy? ReplyPolicy = null,
    QuotePolicy? QuotePolicy = null,
    NewPoll? Poll = null,
    DateTimeOffset? PublishAt = null,
    bool? Spontaneous = null);

/// <summary>Names a picture.</summary>
/// <param name="Id">Media id.</param>
public sealed record MediaReference([property: Required] string? Id = null);
