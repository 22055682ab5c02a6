using System.Reflection;
using Microsoft.OpenApi;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Hosts.Local.OpenApi;

/// <summary>The headers of answers, from the shape of operations and the attributes of their functions.</summary>
internal static class AnswerHeaders
{
    /// <summary>Describes the headers of an operation's successes, and the answer that says that nothing changed.</summary>
    public static void Describe(OpenApiOperation operation, string? method, FunctionDescription function)
    {
        operation.Responses ??= [];
        if (method == HttpMethods.Get && (function.Access == Access.Anyone || function.Method.IsDefined(typeof(NotModifiedAttribute))))
        {
            operation.Responses.TryAdd("304", new OpenApiResponse { Description = "Not modified since the version that If-None-Match names." });
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "If-None-Match",
                In = ParameterLocation.Header,
                Description = "Entity tags of what the caller has; 304 if it still holds.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
            Add(operation, "200", "ETag", "Names the version, for If-None-Match. JSON has one where it is the same for everybody: when it was asked for without a token.");
        }

        if (function.Method.IsDefined(typeof(PagedAttribute)))
        {
            Add(operation, "200", "Link", "Where the next page is, as rel=\"next\" (RFC 8288); left out on the last one.");
        }

        Add(operation, "201", "Location", "Where what was created is.");
        var results = function.Method.ReturnType.GenericTypeArguments.SelectMany(result => result.GenericTypeArguments.Prepend(result)).ToHashSet();
        if (results.Contains(typeof(Accepted)))
        {
            operation.Responses["202"].Description = "Accepted: it will be done.";
        }
        else
        {
            Add(operation, "202", "Location", "Where to ask how far it is.");
        }

        if (results.Contains(typeof(MovedProfile)))
        {
            operation.Responses["308"] = new OpenApiResponse { Description = "It has moved; Location tells where to." };
            Add(operation, "308", "Location", "The address under its present handle.");
        }

        foreach (var header in function.Method.GetCustomAttributes<ResponseHeaderAttribute>())
        {
            foreach (var success in operation.Responses.Keys.Where(status => status.StartsWith('2')))
            {
                Add(operation, success, header.Name, header.Description);
            }
        }
    }

    /// <summary>The headers of a kind of error; null for none.</summary>
    public static Dictionary<string, IOpenApiHeader>? Of(ErrorKind kind) => kind switch
    {
        ErrorKind.NotSignedIn => new() { ["WWW-Authenticate"] = Header("Bearer.") },
        ErrorKind.UnsupportedMediaType => new() { ["Accept"] = Header("The media types that are taken; left out where the body is not of the type it says.") },
        ErrorKind.TooManyRequests => new() { ["Retry-After"] = Header("Seconds to wait before trying again.") },
        ErrorKind.Unavailable => new() { ["Retry-After"] = Header("Seconds to wait before trying again; left out where waiting does not help.") },
        _ => null,
    };

    private static void Add(OpenApiOperation operation, string status, string name, string description)
    {
        if (operation.Responses!.TryGetValue(status, out var described) && described is OpenApiResponse response)
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers[name] = Header(description);
        }
    }

    private static OpenApiHeader Header(string description) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
