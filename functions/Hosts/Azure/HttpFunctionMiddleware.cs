using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Microsoft.Azure.Functions.Worker.Middleware;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Hosts.Azure;

/// <summary>
/// What the local host does around every HTTP function, for the worker: who may run it and how often, errors as problems, the sum of request charges.
/// Functions with other triggers pass through once the app is ready: what they throw makes the host deliver the message again.
/// </summary>
internal sealed class HttpFunctionMiddleware(AzurePreparation preparation, RequestGate gate, ILogger<HttpFunctionMiddleware> log) : IFunctionsWorkerMiddleware
{
    private static readonly ConcurrentDictionary<string, (AccessAttribute Access, LimitAttribute Limit)> Rules = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.GetHttpContext() is { } http
            ? Failures.GuardAsync(http, () => RunAsync(context, http, next), log)
            : RunWhenReadyAsync(context, next);

    private async Task RunWhenReadyAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        await preparation.ReadyAsync(context.CancellationToken);
        await next(context);
    }

    private async Task RunAsync(FunctionContext context, HttpContext http, FunctionExecutionDelegate next)
    {
        CallerLanguage.Use(http.Request);
        await preparation.ReadyAsync(http.RequestAborted);
        using var charge = RequestCharge.Measure(context.FunctionDefinition.Name);
        var (access, limit) = Rules.GetOrAdd(context.FunctionDefinition.EntryPoint, RulesOf);
        if (await gate.AdmitAsync(http, access, limit) is { } refusal)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        // The Functions host takes the caller's word for the trace; what is stored and sent from here on does not.
        using var trace = ServiceTelemetry.Begin(context.FunctionDefinition.Name, ActivityKind.Server);
        await next(context);

        // The result is carried out behind this middleware, by the worker's own.
        NextLink.Add(http.Request, context.GetInvocationResult().Value);
    }

    /// <summary>The rules of an entry point, <c>Namespace.Class.Method</c>.</summary>
    private static (AccessAttribute Access, LimitAttribute Limit) RulesOf(string entryPoint)
    {
        var dot = entryPoint.LastIndexOf('.');
        var method = typeof(HttpFunctionMiddleware).Assembly.GetType(entryPoint[..dot], throwOnError: true)!.GetMethod(entryPoint[(dot + 1)..]);
        return method?.GetCustomAttribute<AccessAttribute>() is { } access
            ? (access, RequestGate.LimitOf(method))
            : throw new InvalidOperationException($"{entryPoint} does not say who may run it.");
    }
}
