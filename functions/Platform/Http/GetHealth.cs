using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Platform.Http;

/// <summary>State of the service.</summary>
/// <param name="Status"><c>ok</c> when the store answers.</param>
public sealed record Health(string Status);

/// <summary>Tells whether the service can do its work.</summary>
public sealed class GetHealth(IDocumentStore documents)
{
    /// <summary>Tells whether the service and its store answer.</summary>
    [Function(nameof(GetHealth))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    public async Task<Results<Ok<Health>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health")] HttpRequest http, CancellationToken cancellationToken)
    {
        await documents.FindAsync<ServiceKeyDocument>("health", "health", cancellationToken);
        return TypedResults.Ok(new Health("ok"));
    }
}
