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
        RouteTable.MethodsOf(http.Path) is { Count: > 0 } methods ? new WrongMethod(methods) : new Missing("operation");
}
