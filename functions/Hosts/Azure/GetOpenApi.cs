using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Hosts.Azure;

/// <summary>
/// Serves the OpenAPI document. The local host makes it from the functions' signatures at run time; the worker has no such machinery, so
/// it serves the same document, kept in <c>openapi.json</c> and compared by a test.
/// </summary>
public sealed class GetOpenApi
{
    /// <summary>Get the OpenAPI 3.1 document of this API.</summary>
    [Function(nameof(GetOpenApi))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.json")] HttpRequest http) =>
        Results.Stream(typeof(GetOpenApi).Assembly.GetManifestResourceStream("openapi.json")!, "application/json");
}
