using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Telemetry;

[Collection(TelemetryTestGroup.Name)]
public sealed class ExportTests
{
    [Fact]
    public async Task A_collector_that_is_named_gets_traces_and_metrics()
    {
        var received = new ConcurrentQueue<(string Path, string Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);

            // Names stand in the protocol's binary messages as they are.
            received.Enqueue((http.Request.Path.Value!, Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync();

        await using (var host = await TestHost.StartAsync(
            [$"OTEL_EXPORTER_OTLP_ENDPOINT={collector.Urls.First()}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"]))
        {
            var anna = await host.SignUpAsync("anna");
            await anna.PostAsync("Hello");
            await host.SettleAsync();
        }

        var traces = string.Concat(received.Where(sent => sent.Path == "/v1/traces").Select(sent => sent.Body));
        var metrics = string.Concat(received.Where(sent => sent.Path == "/v1/metrics").Select(sent => sent.Body));
        Assert.Contains("moderation", traces, StringComparison.Ordinal);
        Assert.Contains("POST /api/posts", traces, StringComparison.Ordinal);
        Assert.Contains("serverless_social.posts.written", metrics, StringComparison.Ordinal);
        Assert.Contains("serverless_social.posts.visible_lag", metrics, StringComparison.Ordinal);
    }
}
