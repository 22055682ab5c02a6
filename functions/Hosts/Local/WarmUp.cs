using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Routing;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local;

/// <summary>
/// Does once, in the background and right after the start, what every first request would wait for. It waits for nothing but the just-in-time
/// compiler: some 900 methods for the first of all, a few hundred for each function that is called first.
/// </summary>
internal static class WarmUp
{
    private static readonly byte[] Health = "GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray();

    /// <summary>Asks the host for its health, compiles what calls its functions, and prepares its documents' JSON.</summary>
    /// <param name="app">A host that was started.</param>
    /// <returns>Completes when all is done or the host stops. A failure is logged: requests then find what is wrong themselves.</returns>
    public static async Task RunAsync(WebApplication app)
    {
        await Task.Yield();
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await AskAsync(new(app.Urls.First()), stopping);
            foreach (var endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints)
            {
                stopping.ThrowIfCancellationRequested();
                _ = endpoint.Metadata.GetMetadata<Lazy<RequestDelegate>>()?.Value;
            }

            foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(type => type.IsSubclassOf(typeof(Document)) && type is { IsAbstract: false, ContainsGenericParameters: false }))
            {
                stopping.ThrowIfCancellationRequested();
                DocumentJson.Options.GetTypeInfo(type);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops before all was warm.
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            app.Logger.LogWarning(error, "The host did not answer itself after its start.");
        }
    }

    private static async Task AskAsync(Uri host, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Host, host.Port, cancellationToken);
        await client.GetStream().WriteAsync(Health, cancellationToken);
        await client.GetStream().CopyToAsync(Stream.Null, cancellationToken);
    }
}
