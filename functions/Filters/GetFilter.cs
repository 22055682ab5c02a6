using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Filters;

/// <summary>Shows a filter of the caller's.</summary>
public sealed class GetFilter(IDocumentStore documents)
{
    /// <summary>Get a filter of yours.</summary>
    [Function(nameof(GetFilter))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    public async Task<Results<Ok<Filter>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "me/filters/{id}")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var found = await documents.FindAsync<FiltersDocument>(http.Me(), FiltersDocument.FiltersId, cancellationToken);
        if (found?.Find(id) is not { } filter)
        {
            return new Missing("filter");
        }

        EntityTag.Set(http, filter.Edition);
        return TypedResults.Ok(Filter.Of(filter));
    }
}
