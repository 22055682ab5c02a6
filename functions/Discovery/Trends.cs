using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Search;

namespace ServerlessSocial.Discovery;

/// <summary>Reads what is talked about.</summary>
public sealed class Trends(RecentDocuments recent, IDocumentStore documents)
{
    /// <summary>What is wrong with a language that is asked for.</summary>
    public const string LanguageProblem = "A language of two or three letters, such as de.";

    /// <summary>What is talked about in a language.</summary>
    /// <param name="request">The request: its <c>lang</c>, or else the first of its <c>Accept-Language</c> in which anything is; then in all languages.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null where nothing is; <c>IsInvalid</c> where <c>lang</c> is none.</returns>
    public async ValueTask<(TrendsDocument? Found, bool IsInvalid)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Query.TryGetValue("lang", out var asked))
        {
            return PostEntry.LanguageOf(asked.ToString()) is { } language ? (await FindAsync(language, cancellationToken), false) : (null, true);
        }

        foreach (var preferred in LanguagesOf(request))
        {
            if (await FindAsync(preferred, cancellationToken) is { } found)
            {
                return (found, false);
            }
        }

        return (await FindAsync(TrendsDocument.AllLanguages, cancellationToken), false);
    }

    /// <summary>Tags that moderators keep from being suggested.</summary>
    public async ValueTask<IReadOnlyList<string>> KeptAsync(CancellationToken cancellationToken) =>
        (await documents.FindAsync<KeptTagsDocument>(KeptTagsDocument.TagsId, KeptTagsDocument.TagsId, cancellationToken))?.Tags ?? [];

    private ValueTask<TrendsDocument?> FindAsync(string language, CancellationToken cancellationToken) =>
        recent.FindAsync<TrendsDocument>(TrendsDocument.Partition, language, cancellationToken);

    /// <summary>Languages that the caller takes, the dearest first; at most three.</summary>
    private static IEnumerable<string> LanguagesOf(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.Where(language => language.Quality is not 0).OrderByDescending(language => language.Quality ?? 1)
            .Select(language => PostEntry.LanguageOf(language.Value.ToString())).OfType<string>().Distinct(StringComparer.Ordinal).Take(3);
}
