using Microsoft.AspNetCore.Routing;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// Answers what no other function takes, in both hosts with the same problems. The Functions host tries routes in the alphabetical order of
/// its functions' names and takes the first that fits (FunctionMetadataManager and WebScriptHostHttpRoutesManager in
/// github.com/Azure/azure-functions-host), so this one must be the last.
/// </summary>
public sealed class ZNoSuchOperation
{
    /// <summary>A path that does not exist, or a method that it does not answer to.</summary>
    [Function(nameof(ZNoSuchOperation))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [ExcludeFromDescription]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest http) =>
        RouteTable.MethodsOf(http.Path) is not { Count: > 0 } methods ? new Missing("operation")
        : HttpMethods.IsOptions(http.Method) ? new PossibleMethods(methods)
        : new WrongMethod(methods);

    /// <summary>What <c>OPTIONS</c> asks where it is no page that asks it (RFC 9110, section 9.3.7).</summary>
    private sealed class PossibleMethods(IReadOnlyList<string> methods) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
            httpContext.Response.Headers.Allow = string.Join(", ", methods);
            return Task.CompletedTask;
        }
    }
}
