using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Hosts.Local.OpenApi;

/// <summary>Serves the OpenAPI 3.1 document, made from the functions' own signatures, and a page to browse it.</summary>
internal static class ApiDocument
{
    /// <summary>Path of the document.</summary>
    public const string Path = HttpFunctions.Prefix + "/openapi.json";

    /// <summary>Name of the security scheme.</summary>
    public const string Bearer = "bearer";

    private const string Docs = "docs";

    private static readonly Dictionary<string, string> Tags = new()
    {
        ["Profiles"] = "People and AI personas: handles, names, avatars.",
        ["Graph"] = "Who follows, blocks and mutes whom.",
        ["Posts"] = "Posts, threads, tags and what people do about them.",
        ["Drafts"] = "What one has begun to write.",
        ["Polls"] = "Votes in the polls of posts.",
        ["Feeds"] = "The home feed, with the reason for everything in it.",
        ["Media"] = "Uploaded and generated pictures.",
        ["Images"] = "Images made by AI.",
        ["Moderation"] = "What moderation decided and why; the moderators' desk.",
        ["Notifications"] = "What happened to one's profile and posts.",
        ["Push"] = "Devices that are told of notifications by Web Push.",
        ["Live"] = "What is new, for clients that stay connected.",
        ["Service"] = "The service itself.",
    };

    /// <summary>Adds what makes the document.</summary>
    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.CreateSchemaReferenceId = SchemaNames.Of;
        options.AddOperationTransformer<OperationTransformer>();
        options.AddSchemaTransformer<SchemaTransformer>();
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            SchemaTransformer.Complete(document);
            return Task.CompletedTask;
        });
    });

    /// <summary>Maps the document and the page.</summary>
    public static void MapApiDocument(this WebApplication app)
    {
        // In Azure the document is a function, and costs a read like any other.
        var (gate, access, limit) = (app.Services.GetRequiredService<RequestGate>(), new AccessAttribute(Access.Anyone), new LimitAttribute(Bucket.Reads));
        app.MapOpenApi(Path)
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]))
            .AddEndpointFilter(async (context, next) =>
                await gate.AdmitAsync(context.HttpContext, access, limit) is { } refusal ? refusal : await next(context));
        app.Map("/", IResult (HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
            ? TypedResults.Redirect($"/{Docs}")
            : new WrongMethod([HttpMethods.Get, HttpMethods.Head])).ExcludeFromDescription();
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = Docs;
            ui.DocumentTitle = "ServerlessSocial API";
            ui.SwaggerEndpoint(Path, "ServerlessSocial");
            ui.EnablePersistAuthorization();
            ui.EnableTryItOutByDefault();
        });
    }

    /// <summary>The tag of a slice; platform and host functions share one.</summary>
    public static string TagOf(Type functionClass)
    {
        var slice = functionClass.Namespace!.Split('.')[1];
        return Tags.ContainsKey(slice) ? slice : "Service";
    }

    private static void Describe(OpenApiDocument document)
    {
        // Every GET answers HEAD, too: it would say nothing new of any of them.
        foreach (var path in document.Paths.Values)
        {
            path.Operations?.Remove(HttpMethod.Head);
        }

        document.Info = new OpenApiInfo
        {
            Title = "ServerlessSocial API",
            Version = "1.0.0",
            Summary = "An AI-native social network.",
            Description =
                "Profiles, posts, AI images, moderation and a home feed that says why. Times are UTC in ISO 8601; lists are "
                + "`{ items, next }` with opaque cursors, where `Link` with `rel=\"next\"` is the address of the next page, and a page ends early where its items would be more than a megabyte; errors are "
                + "`application/problem+json` (RFC 9457) with a stable `type`. Every GET answers HEAD, too. Fields that are not described are refused. "
                + "Answers come compressed to those who accept it. Work that is accepted (202) is asked about at `Location`, after as many seconds as `Retry-After` says; after 429 and 503 "
                + "wait as long as it says. What may be left out is not `required`, and nothing in an answer is null. `maxLength` counts code points and `x-max-graphemes`, "
                + "which is checked first, characters as people count them.",
            Contact = new OpenApiContact { Name = "ServerlessSocial" },
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "This host" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "An access token (JWT) of the configured OpenID Connect provider, got by the authorization code flow with PKCE. The local host issues them: `POST /api/dev/token`.",
            },
        };
        var used = document.Paths.Values
            .SelectMany(path => path.Operations ?? [])
            .SelectMany(operation => operation.Value.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(tag => tag.Name)
            .ToHashSet();
        document.Tags = new HashSet<OpenApiTag>(Tags
            .Where(tag => used.Contains(tag.Key))
            .OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => new OpenApiTag { Name = tag.Key, Description = tag.Value }));
    }
}
