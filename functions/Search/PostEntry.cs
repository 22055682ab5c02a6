using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Search;

/// <summary>
/// What a public post is found by. Its id is the post's. Of those who do not want to be found it holds no word, but that it is there and what tags it bears, of which
/// trends are made.
/// </summary>
[PersonalData(Belongs.ToProfile)]
public sealed record PostEntry : Document, IDocument<PostEntry>, ISearchable
{
    /// <summary>Mark of posts that can be found.</summary>
    public const string Findable = "s";

    /// <summary>Mark of posts that answer nothing.</summary>
    public const string Beginning = "b";

    /// <summary>Words of a post that are indexed: no post that is written holds as many.</summary>
    private const int MostWords = 4_000;

    /// <summary>Below so many UTF-16 units a guess of a language is often wrong.</summary>
    private const int ShortText = 100;

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("post-search", "/ownerId") { Searchable = true };

    /// <summary>Author of the post.</summary>
    public required string OwnerId { get; init; }

    /// <inheritdoc/>
    public required string Text { get; init; }

    /// <inheritdoc/>
    public required IReadOnlyList<string> Marks { get; init; }

    /// <inheritdoc/>
    public required long At { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>Language of the post, from its marks; null if it is not known.</summary>
    [JsonIgnore]
    public string? Language => Marks.FirstOrDefault(mark => mark[0] == 'l')?[1..];

    /// <summary>Tags of the post, from its marks.</summary>
    [JsonIgnore]
    public IEnumerable<string> Tags => Marks.Where(mark => mark[0] == 't').Select(mark => mark[1..]);

    /// <summary>Key of the entry of a post.</summary>
    public static DocumentKey KeyOf(string postId) => DocumentKey.Of<PostEntry>(OwnedIds.OwnerOf(postId), postId);

    /// <summary>The entry of a post. Pure.</summary>
    /// <param name="post">A public post that moderation approved.</param>
    /// <param name="indexable">Whether its author lets it be found.</param>
    public static PostEntry Of(PostDocument post, bool indexable)
    {
        var said = post.InText;
        IEnumerable<string> texts = [post.Text, post.ContentWarning ?? string.Empty, .. post.Media.Select(media => media.Alt ?? string.Empty), .. post.Poll?.Options ?? []];
        var language = LanguageOf(post.Language);
        var marks = new List<string>(post.TagsNow.Select(MarkOfTag));
        if (language is not null)
        {
            marks.Add(MarkOfLanguage(language));
        }

        if (post.ReplyTo is null)
        {
            marks.Add(Beginning);
        }

        if (indexable)
        {
            marks.Add(Findable);
            marks.Add(MarkOfAuthor(post.AuthorId));
            marks.AddRange(HasOf(post, said.Entities));
            marks.AddRange(texts.SelectMany(Words.EmojiOf).Select(MarkOfEmoji));
        }

        return new()
        {
            Id = post.Id,
            OwnerId = post.AuthorId,
            Text = indexable ? string.Join(' ', WordsOf([.. texts], language).Take(MostWords)) : string.Empty,
            Marks = [.. marks.Distinct(StringComparer.Ordinal)],
            At = OwnedIds.TimeOf(post.Id).ToUnixTimeMilliseconds(),
        };
    }

    /// <summary>Mark of posts by an author.</summary>
    public static string MarkOfAuthor(string authorId) => $"a{authorId}";

    /// <summary>Mark of posts under a tag.</summary>
    public static string MarkOfTag(string tag) => $"t{tag}";

    /// <summary>Mark of posts in a language.</summary>
    public static string MarkOfLanguage(string language) => $"l{language}";

    /// <summary>Mark of posts with an emoji.</summary>
    public static string MarkOfEmoji(string emoji) => $"e{emoji}";

    /// <summary>Mark of posts that have something: <c>media</c>, <c>poll</c>, <c>link</c>, <c>quote</c>.</summary>
    public static string MarkOfContent(string what) => $"h{what}";

    /// <summary>The language of a tag without region and script, in lower case; null where it is none that can be a mark.</summary>
    public static string? LanguageOf(string? tag) =>
        tag?.Split('-')[0].ToLowerInvariant() is { Length: 2 or 3 } language && language.All(char.IsAsciiLetterLower) ? language : null;

    /// <summary>The words of texts; where their language is not known, or guessed of few words and so perhaps wrongly, as they would be in each that has stems, too.</summary>
    private static IEnumerable<string> WordsOf(IReadOnlyList<string> texts, string? language) =>
        LanguagesOf(texts.Sum(text => text.Length), language).Select(each => texts.SelectMany(text => Words.Of(text, each)).ToList())
            .DistinctBy(words => string.Join(' ', words), StringComparer.Ordinal)
            .SelectMany(words => words);

    /// <summary>The languages in whose forms a text is found.</summary>
    /// <param name="length">Its length in UTF-16 units.</param>
    /// <param name="language">Its language; null if that is not known.</param>
    internal static IEnumerable<string?> LanguagesOf(int length, string? language) =>
        language is not null && Stems.Languages.Contains(language) ? [language]
        : language is null ? Stems.Languages
        : length < ShortText ? Stems.Languages.Prepend<string?>(language)
        : [language];

    private static IEnumerable<string> HasOf(PostDocument post, IReadOnlyList<TextEntity> entities)
    {
        if (post.Media.Count > 0)
        {
            yield return MarkOfContent("media");
        }

        if (post.Poll is not null)
        {
            yield return MarkOfContent("poll");
        }

        if (post.Quote is not null)
        {
            yield return MarkOfContent("quote");
        }

        if (entities.Any(entity => entity.Kind == TextEntityKind.Link))
        {
            yield return MarkOfContent("link");
        }
    }
}
