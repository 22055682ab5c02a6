using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ServerlessSocial.Tests.Telemetry;

/// <summary>
/// An endpoint that speaks the OpenAI protocol and fails in ways that quote what it was sent: with an error when it is asked something for the
/// first time, and by refusing in the model's own words. Otherwise nothing is harmful, for 1,000 tokens in and 100 out.
/// </summary>
internal sealed class ModelEndpoint : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Func<string, bool> breaks;
    private readonly Func<string, bool> refuses;
    private readonly ConcurrentDictionary<string, bool> broken = new(StringComparer.Ordinal);

    private ModelEndpoint(WebApplication app, Func<string, bool> breaks, Func<string, bool> refuses) =>
        (this.app, this.breaks, this.refuses) = (app, breaks, refuses);

    /// <summary>Settings that make a host use it as its chat model.</summary>
    public string[] Settings =>
    [
        $"OpenAI:Endpoint={app.Urls.First()}/v1/", "OpenAI:ApiKey=secret-key-of-the-endpoint", "OpenAI:ChatModel=stand-in", "OpenAI:MaxRetries=0",
        "OpenAI:ChatInputPrice=2", "OpenAI:ChatOutputPrice=10",
    ];

    /// <param name="breaks">Of what is asked: whether it fails when asked for the first time.</param>
    /// <param name="refuses">Of what is asked: whether it is refused.</param>
    public static async Task<ModelEndpoint> StartAsync(Func<string, bool>? breaks = null, Func<string, bool>? refuses = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new ModelEndpoint(builder.Build(), breaks ?? (_ => false), refuses ?? (_ => false));
        endpoint.app.Run(endpoint.AnswerAsync);
        await endpoint.app.StartAsync();
        return endpoint;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var asked = (await JsonNode.ParseAsync(http.Request.Body))!["messages"]!.AsArray().Last()!["content"]!.ToString();
        if (breaks(asked) && broken.TryAdd(asked, true))
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await http.Response.WriteAsJsonAsync(new { error = new { message = $"Cannot read {asked}", code = "odd" } });
            return;
        }

        var scores = JsonSerializer.Serialize(new { harassment = 0, hate = 0, violence = 0, sexual = 0, selfHarm = 0, spam = 0, illegalGoods = 0, sexualMinors = 0, nudity = 0, gore = 0, extremistSymbols = 0 });
        object message = refuses(asked)
            ? new { role = "assistant", refusal = $"I do not judge {asked}" }
            : new { role = "assistant", content = scores };
        await http.Response.WriteAsJsonAsync(new
        {
            id = "1",
            @object = "chat.completion",
            created = 1,
            model = "stand-in",
            choices = new[] { new { index = 0, message, finish_reason = "stop" } },
            usage = new { prompt_tokens = 1_000, completion_tokens = 100, total_tokens = 1_100 },
        });
    }
}
