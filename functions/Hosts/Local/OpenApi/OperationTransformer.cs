using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Hosts.Local.OpenApi;

/// <summary>Completes operations from the attributes of their functions: names, parameters, security, headers, and every error they can answer.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    /// <inheritdoc/>
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var function = context.Description.ActionDescriptor.EndpointMetadata.OfType<FunctionDescription>().Single();

        // Operation ids are unique, and a function that answers GET may answer HEAD too.
        operation.OperationId = context.Description.HttpMethod == HttpMethods.Head ? $"{function.Name}Head" : function.Name;
        operation.Tags = new HashSet<OpenApiTagReference> { new(ApiDocument.TagOf(function.Class), context.Document) };
        operation.Description ??= operation.Summary;
        Secure(operation, function, context.Document!);
        DescribePath(operation);
        AddParameters(operation, function.Method);
        DescribeBody(operation, function.Method);
        DescribeAnswers(operation);
        await DescribeEventsAsync(operation, function.Method, context, cancellationToken);
        AnswerHeaders.Describe(operation, context.Description.HttpMethod, function);
        var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancellationToken);
        context.Document!.AddComponent(nameof(ProblemDetails), problem);
        AddProblems(operation, function, context.Document!);
    }

    /// <summary>Server-sent events are text to the document; what their data is like stands beside it (OpenAPI 3.2 will have a place for it).</summary>
    private static async Task DescribeEventsAsync(OpenApiOperation operation, MethodInfo method, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (method.GetCustomAttribute<EventStreamAttribute>() is { } events && operation.Responses?["200"] is OpenApiResponse response)
        {
            var schema = await context.GetOrCreateSchemaAsync(events.Data, null, cancellationToken);
            context.Document!.AddComponent(events.Data.Name, schema);
            response.Content ??= new Dictionary<string, OpenApiMediaType>();
            response.Content["text/event-stream"] = new OpenApiMediaType
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = $"Events; the data of each is JSON as in {events.Data.Name}.",
                    Extensions = new Dictionary<string, IOpenApiExtension> { ["x-event-data"] = new JsonNodeExtension(new JsonObject { ["$ref"] = $"#/components/schemas/{events.Data.Name}" }) },
                },
            };
        }
    }

    private static void Secure(OpenApiOperation operation, FunctionDescription function, OpenApiDocument document)
    {
        var bearer = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiDocument.Bearer, document)] = [] };
        operation.Security = function.Access == Access.Anyone ? [bearer, []] : [bearer];
    }

    private static void DescribePath(OpenApiOperation operation)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            (parameter.Description, parameter.Example) = parameter.Name switch
            {
                "handle" => ("Handle of a profile, in any case.", (JsonNode)"anna"),
                "size" => ("Longest side in pixels: 320 or 640.", "640"),
                "tag" => ("Hashtag without the #, in any case and script.", "kunst"),
                _ => ("Id, as the API gave it out.", "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e.019a5c2e00007000800000000000abcd"),
            };
        }
    }

    private static void AddParameters(OpenApiOperation operation, MethodInfo method)
    {
        operation.Parameters ??= [];
        foreach (var query in method.GetCustomAttributes<QueryParameterAttribute>())
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = query.Name,
                In = ParameterLocation.Query,
                Description = query.Description,
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    MaxLength = query.MaxLength == 0 ? null : query.MaxLength,
                    Enum = query.Values is { } values ? [.. values.Select(value => (JsonNode)value)] : null,
                },
            });
        }

        foreach (var header in method.GetCustomAttributes<RequestHeaderAttribute>())
        {
            operation.Parameters.Add(Header(header.Name, header.Description, required: false, header.MaxLength));
        }

        if (method.IsDefined(typeof(PagedAttribute)))
        {
            operation.Parameters.Add(Query("cursor", "The value of `next` from the page before.", new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 1024 }));
            operation.Parameters.Add(Query("limit", "Items per page.", new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = "1",
                Maximum = PageRequest.MaxLimit.ToString(null, null),
                Default = PageRequest.DefaultLimit,
            }));
        }

        if (method.IsDefined(typeof(IdempotentAttribute)))
        {
            operation.Parameters.Add(Header(
                "Idempotency-Key", "Makes it safe to repeat the request: for 24 hours the same key and request are answered with what was created, as it is by then; with 410 if it was deleted.", required: false));
        }

        if (method.IsDefined(typeof(IfMatchAttribute)))
        {
            operation.Parameters.Add(Header("If-Match", "ETag of the version that was read.", required: true));
        }
    }

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };

    private static OpenApiParameter Header(string name, string description, bool required, int maxLength = 255) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Required = required,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = maxLength },
    };

    private static void DescribeBody(OpenApiOperation operation, MethodInfo method)
    {
        if (operation.RequestBody is not OpenApiRequestBody body || method.GetCustomAttribute<RequestBodyAttribute>() is not { } declared)
        {
            return;
        }

        body.Required = !declared.IsOptional;
        body.Description = declared.RequestType == typeof(byte[]) ? "The bytes of the file." : "What to do.";
        foreach (var content in body.Content?.Values ?? [])
        {
            if (declared.RequestType == typeof(byte[]))
            {
                content.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
            }
            else if (declared.RequestType?.GetCustomAttribute<ExampleAttribute>() is { } example)
            {
                content.Example = JsonNode.Parse(example.Json);
            }
        }
    }

    private static void DescribeAnswers(OpenApiOperation operation)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            response.Description = status switch
            {
                "200" => "Done.",
                "201" => "Created; Location tells where.",
                "202" => "Accepted; poll Location.",
                "204" => "Done; nothing to say.",
                "206" => "The part that Range asked for.",
                "304" => "Not modified since the version that If-None-Match names.",
                "416" => "There is no such range.",
                _ => response.Description,
            };
        }
    }

    /// <summary>Each kind of error is described once, and operations refer to it.</summary>
    private static void AddProblems(OpenApiOperation operation, FunctionDescription function, OpenApiDocument document)
    {
        operation.Responses ??= [];
        operation.Responses.Remove("400");
        foreach (var kind in Expected(operation, function).Distinct().Order())
        {
            document.Components!.Responses ??= new Dictionary<string, IOpenApiResponse>();
            if (!document.Components.Responses.ContainsKey(kind.ToString()))
            {
                document.AddComponent(kind.ToString(), ResponseOf(kind, document));
            }

            operation.Responses[Error.StatusOf(kind).ToString(null, null)] = new OpenApiResponseReference(kind.ToString(), document);
        }
    }

    private static OpenApiResponse ResponseOf(ErrorKind kind, OpenApiDocument document) => new()
    {
        Description = Error.TitleOf(kind),
        Headers = AnswerHeaders.Of(kind),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Problems.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), document) },
        },
    };

    private static IEnumerable<ErrorKind> Expected(OpenApiOperation operation, FunctionDescription function)
    {
        var method = function.Method;
        yield return ErrorKind.NotSignedIn;
        yield return ErrorKind.UriTooLong;
        yield return ErrorKind.TooManyRequests;
        yield return ErrorKind.HeadersTooLarge;
        yield return ErrorKind.Gone;
        foreach (var kind in method.GetCustomAttribute<AnswersAttribute>()?.Kinds ?? [])
        {
            yield return kind;
        }

        if (function.Access is Access.Profile or Access.Moderator || (function.Access is not Access.Anyone && !function.Rule.WhileSuspended))
        {
            yield return ErrorKind.Forbidden;
        }

        if (operation.Parameters?.Any(parameter => parameter.In is ParameterLocation.Query or ParameterLocation.Header) == true)
        {
            yield return ErrorKind.Invalid;
        }

        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true)
        {
            yield return ErrorKind.NotFound;
        }

        if (method.IsDefined(typeof(IdempotentAttribute)))
        {
            yield return ErrorKind.Unprocessable;
        }

        if (method.IsDefined(typeof(IfMatchAttribute)))
        {
            yield return ErrorKind.PreconditionFailed;
            yield return ErrorKind.PreconditionRequired;
        }

        if (method.IsDefined(typeof(RequestBodyAttribute)))
        {
            yield return ErrorKind.Invalid;
            yield return ErrorKind.Timeout;
            yield return ErrorKind.TooLarge;
            yield return ErrorKind.UnsupportedMediaType;
        }
    }
}
