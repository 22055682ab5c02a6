using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Filters;

/// <summary>Makes a filter.</summary>
public sealed class CreateFilter(IDocumentStore documents, Idempotency idempotency, TimeProvider time)
{
    /// <summary>Mute a word, a phrase or a hashtag.</summary>
    /// <remarks>
    /// It is looked for in what a post says: text, content warning, hashtags, descriptions of pictures and options of polls, also of the post it quotes. Your own
    /// posts are never filtered. What is hidden does not come in notifications either. A phrase such as <c>#ocean</c> mutes that hashtag. At most 100 filters.
    /// </remarks>
    [Function(nameof(CreateFilter))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(NewFilter))]
    [Idempotent]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Created<Filter>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/filters")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (request, unreadable) = await http.ReadJsonAsync<NewFilter>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var phrase = FilterRules.Clean(request.Phrase);
        if (FilterRules.Problems(phrase, request.Scope, request.ExpiresAt, time.GetUtcNow()) is { } invalid)
        {
            return invalid;
        }

        var me = http.Me();
        var (filter, refused) = await idempotency.OnceAsync<StoredFilter>(
            http, http.Caller()!, request, id => CreateAsync(me, Compose(id, phrase, request), cancellationToken), id => ReadAsync(me, id, cancellationToken), cancellationToken);
        if (filter is null)
        {
            return refused!;
        }

        EntityTag.Set(http, filter.Edition);
        return TypedResults.Created($"/api/me/filters/{filter.Id}", Filter.Of(filter));
    }

    private async Task<Outcome<StoredFilter>> CreateAsync(string me, StoredFilter filter, CancellationToken cancellationToken)
    {
        var written = await documents.SetAsync<FiltersDocument>(me, FiltersDocument.FiltersId, Add, cancellationToken);
        return written?.Find(filter.Id) is { } created ? created : new TooManyFilters();

        // One that is there already was made by this very request, which did not live to answer.
        FiltersDocument Add(FiltersDocument? found) => (found ?? FiltersDocument.For(me)) is var filters && (filters.Find(filter.Id) is not null || filters.Filters.Count >= FiltersDocument.MostFilters)
            ? filters
            : filters.With(filter);
    }

    private async Task<Outcome<StoredFilter>> ReadAsync(string me, string id, CancellationToken cancellationToken) =>
        (await documents.FindAsync<FiltersDocument>(me, FiltersDocument.FiltersId, cancellationToken))?.Find(id) is { } filter ? filter : new Missing("filter");

    private static StoredFilter Compose(string id, string phrase, NewFilter request) => new(
        id, phrase, FilterRules.Clean(request.Scope), request.Action ?? FilterAction.Warn, request.WholeWord ?? true, request.ExpiresAt?.ToUniversalTime(), 1);
}
