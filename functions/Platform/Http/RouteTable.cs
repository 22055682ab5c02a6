using System.Reflection;
using Microsoft.AspNetCore.Routing.Template;

namespace ServerlessSocial.Platform.Http;

/// <summary>The paths of this API and the methods they answer to, read from the functions' triggers.</summary>
internal static class RouteTable
{
    /// <summary>Route prefix, as in <c>host.json</c>.</summary>
    public const string Prefix = "/api";

    private static readonly IReadOnlyList<(TemplateMatcher Path, IReadOnlyList<string> Methods)> Routes =
        [.. typeof(RouteTable).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(FunctionAttribute)))
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()))
            .Where(trigger => trigger is { Route: not null, Methods.Length: > 0 })
            .Select(trigger => (
                new TemplateMatcher(TemplateParser.Parse(trigger!.Route!), []),
                (IReadOnlyList<string>)[.. trigger.Methods!.Select(method => method.ToUpperInvariant())]))

            // In one host this is a function, in the other the framework's.
            .Append((new TemplateMatcher(TemplateParser.Parse("openapi.json"), []), ["GET", "HEAD"]))];

    /// <summary>The methods a path answers to, in the order of their names; none for a path that does not exist.</summary>
    public static IReadOnlyList<string> MethodsOf(PathString path) =>
        !path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase, out var rest)
            ? []
            : [.. Routes.Where(route => route.Path.TryMatch(rest, [])).SelectMany(route => route.Methods).Distinct().Order(StringComparer.Ordinal)];
}
