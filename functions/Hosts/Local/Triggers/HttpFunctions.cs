using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Hosts.Local.Triggers;

/// <summary>Maps HTTP functions to Kestrel's routes: their trigger attributes are the route table.</summary>
public static partial class HttpFunctions
{
    /// <summary>Route prefix, as in <c>host.json</c>.</summary>
    public const string Prefix = RouteTable.Prefix;

    /// <summary>Maps every HTTP function.</summary>
    public static void MapHttpFunctions(this WebApplication app)
    {
        var gate = app.Services.GetRequiredService<RequestGate>();
        foreach (var (function, trigger) in FunctionCatalog.TriggeredBy<HttpTriggerAttribute>())
        {
            Map(app, function, trigger, gate);
        }
    }

    private static void Map(WebApplication app, FunctionDescription function, HttpTriggerAttribute trigger, RequestGate gate)
    {
        var instance = app.Services.GetRequiredService(function.Class);
        var route = trigger.Route ?? function.Name;
        var limit = RequestGate.LimitOf(function.Method);
        var options = new RequestDelegateFactoryOptions
        {
            ServiceProvider = app.Services,
            EndpointBuilder = Filtered(app.Services),
            RouteParameterNames = [.. RouteParameter().Matches(route).Select(match => match.Groups["name"].Value)],
        };
        var metadata = RequestDelegateFactory.InferMetadata(function.Method, options);

        // Compiling a delegate costs milliseconds; most start-ups call few functions, so each is compiled when it is first called.
        var run = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(function.Method, _ => instance, options, metadata).RequestDelegate);
        app.MapMethods($"{Prefix}/{route}", trigger.Methods.Select(method => method.ToUpperInvariant()), http => InvokeAsync(http, $"{Prefix}/{route}", function, limit, gate, run))
            .WithName(function.Name)
            .WithMetadata([.. metadata.EndpointMetadata, function.Method, function, run, .. function.Method.GetCustomAttributes(inherit: false)]);
    }

    private static async Task InvokeAsync(HttpContext http, string route, FunctionDescription function, LimitAttribute limit, RequestGate gate, Lazy<RequestDelegate> run)
    {
        RequestSpan.Describe(http, route);
        CallerLanguage.Use(http.Request);
        using var charge = RequestCharge.Measure(function.Name);
        if (await gate.AdmitAsync(http, function.Rule, limit) is { } refusal)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        await run.Value(http);
    }

    /// <summary>What a function returned is looked at before it is carried out.</summary>
    private static RouteEndpointBuilder Filtered(IServiceProvider services)
    {
        var builder = new RouteEndpointBuilder(null, RoutePatternFactory.Parse("/"), 0) { ApplicationServices = services };
        builder.FilterFactories.Add((_, next) => async invocation =>
        {
            var result = await next(invocation);
            NextLink.Add(invocation.HttpContext.Request, result);
            return result;
        });
        return builder;
    }

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RouteParameter();
}
