using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Filters;

/// <summary>Changes a filter of the caller's.</summary>
public sealed class UpdateFilter(IDocumentStore documents, TimeProvider time)
{
    /// <summary>Change a filter of yours.</summary>
    /// <remarks>Fields that are left out stay as they are; null as <c>expiresAt</c> makes it last. Send the ETag of GET /me/filters/{id} as If-Match.</remarks>
    [Function(nameof(UpdateFilter))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(FilterChanges))]
    [IfMatch]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    public async Task<Results<Ok<Filter>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "me/filters/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (changes, unreadable) = await http.ReadJsonAsync<FilterChanges>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var phrase = changes.Phrase is null ? null : FilterRules.Clean(changes.Phrase);
        if (FilterRules.Problems(phrase, changes.Scope, changes.ExpiresAt, time.GetUtcNow()) is { } invalid)
        {
            return invalid;
        }

        while (true)
        {
            var found = await documents.FindAsync<FiltersDocument>(http.Me(), FiltersDocument.FiltersId, cancellationToken);
            if (found?.Find(id) is not { } filter)
            {
                return new Missing("filter");
            }

            if (EntityTag.Check(http, filter.Edition) is { } refused)
            {
                return refused;
            }

            // Another filter, which stands in the same document, may be changed at the same time.
            var changed = changes.ApplyTo(filter);
            if (ReferenceEquals(changed, filter) || (await documents.ReplaceAsync(found.With(changed), cancellationToken)).NotThrottled().IsDone)
            {
                EntityTag.Set(http, changed.Edition);
                return TypedResults.Ok(Filter.Of(changed));
            }
        }
    }
}
