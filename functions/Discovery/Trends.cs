using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Search;

namespace ServerlessSocial.Discovery;

/// <summary>Reads what is talked about.</summary>
public sealed class Trends(RecentDocuments recent, IDocumentStore documents)
{
    /// <summary>Languages of a caller that are looked into.</summary>
    private const int MostTried = 3;

    /// <summary>What is talked about in a language.</summary>
    /// <param name="request">The request: its <c>lang</c>, or else the first of its <c>Accept-Language</c> in which anything is; then in all languages.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null where nothing is; the problem where <c>lang</c> is no language.</returns>
    public async ValueTask<(TrendsDocument? Found, Error? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Query.TryGetValue("lang", out var asked))
        {
            return PostEntry.LanguageOf(asked.ToString()) is { } language ? (await FindAsync(language, cancellationToken), null)
                : (null, new InvalidFields("lang", "A language of two or three letters, such as de."));
        }

        foreach (var preferred in CallerLanguage.PreferredBy(request).Select(PostEntry.LanguageOf).OfType<string>().Distinct(StringComparer.Ordinal).Take(MostTried))
        {
            if (await FindAsync(preferred, cancellationToken) is { } found)
            {
                return (found, null);
            }
        }

        return (await FindAsync(TrendsDocument.AllLanguages, cancellationToken), null);
    }

    /// <summary>Tags that moderators keep from being suggested.</summary>
    public async ValueTask<IReadOnlyList<string>> KeptAsync(CancellationToken cancellationToken) =>
        (await documents.FindAsync<KeptTagsDocument>(KeptTagsDocument.TagsId, KeptTagsDocument.TagsId, cancellationToken))?.Tags ?? [];

    private ValueTask<TrendsDocument?> FindAsync(string language, CancellationToken cancellationToken) =>
        recent.FindAsync<TrendsDocument>(TrendsDocument.Partition, language, cancellationToken);
}
