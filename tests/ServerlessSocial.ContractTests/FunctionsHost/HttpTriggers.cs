using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using ServerlessSocial.ContractTests.FunctionsHost.Protocol;
using Yarp.ReverseProxy.Forwarder;

namespace ServerlessSocial.ContractTests.FunctionsHost;

/// <summary>
/// Routes of HTTP functions. As in the real host an invocation goes to the worker over gRPC and the request itself over HTTP, tied
/// together by a header.
/// </summary>
internal sealed class HttpTriggers(StandInHost host) : EndpointDataSource, IDisposable
{
    private const string RoutePrefix = "api";
    private static readonly HttpMessageInvoker Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private static readonly ForwarderRequestConfig Forwarding = new() { ActivityTimeout = TimeSpan.FromSeconds(230) };

    private CancellationTokenSource changing = new();
    private IReadOnlyList<Endpoint> endpoints = [];

    /// <inheritdoc/>
    public override IReadOnlyList<Endpoint> Endpoints => endpoints;

    /// <inheritdoc/>
    public override IChangeToken GetChangeToken() => new CancellationChangeToken(changing.Token);

    /// <summary>Serves the HTTP functions among these.</summary>
    public void Serve(IEnumerable<Function> functions)
    {
        endpoints = [.. functions.Where(function => function.TriggerType == "httpTrigger").Select(EndpointOf)];
        var before = changing;
        changing = new CancellationTokenSource();
        before.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose() => changing.Dispose();

    private RouteEndpoint EndpointOf(Function function)
    {
        var route = RoutePatternFactory.Parse($"{RoutePrefix}/{function.Setting("route").TrimStart('/')}");
        var builder = new RouteEndpointBuilder(http => RunAsync(http, function.Name), route, 0) { DisplayName = function.Name };
        if (function.Trigger["methods"]?.AsArray().Select(method => ((string)method!).ToUpperInvariant()).ToArray() is { Length: > 0 } methods)
        {
            builder.Metadata.Add(new HttpMethodMetadata(methods));
        }

        return (RouteEndpoint)builder.Build();
    }

    private async Task RunAsync(HttpContext http, string name)
    {
        try
        {
            await RunAsync(http, await host.WorkerAsync(), name);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException)
        {
            if (!http.Response.HasStarted)
            {
                http.Response.Clear();
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }
        }
    }

    private static async Task RunAsync(HttpContext http, WorkerProcess worker, string name)
    {
        var function = worker.Functions.Single(function => function.Name == name);
        var values = http.Request.Query.Select(value => KeyValuePair.Create(value.Key, value.Value.ToString()))
            .Concat(http.Request.RouteValues.Select(value => KeyValuePair.Create(value.Key, value.Value?.ToString() ?? string.Empty)));
        var request = StandInHost.Invocation(function, new TypedData { Http = new RpcHttp() }, values);
        http.Request.Headers["x-ms-invocation-id"] = request.InvocationId;
        using var aborted = http.RequestAborted.Register(() => worker.Cancel(request.InvocationId));
        var running = worker.InvokeAsync(request);
        var error = await http.RequestServices.GetRequiredService<IHttpForwarder>().SendAsync(http, worker.HttpAddress, Client, Forwarding);
        var response = await running;
        if ((error != ForwarderError.None || response.Result.Status != StatusResult.Types.Status.Success) && !http.Response.HasStarted)
        {
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }
}
