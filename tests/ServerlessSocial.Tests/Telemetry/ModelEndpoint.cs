using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ServerlessSocial.Tests.Telemetry;

/// <summary>
/// An endpoint that speaks the OpenAI protocol and, at first, fails in ways that quote what it was sent: chat refuses in the model's own
/// words, then an error does. After that, nothing is harmful, for 1,000 tokens in and 100 out.
/// </summary>
internal sealed class ModelEndpoint : IAsyncDisposable
{
    private readonly WebApplication app;
    private int failures;

    private ModelEndpoint(WebApplication app, int failures) => (this.app, this.failures) = (app, failures);

    /// <summary>Settings that make a host use it as its chat model.</summary>
    public string[] Settings =>
    [
        $"OpenAI:Endpoint={app.Urls.First()}/v1/", "OpenAI:ApiKey=secret-key-of-the-endpoint", "OpenAI:ChatModel=stand-in", "OpenAI:MaxRetries=0",
        "OpenAI:ChatInputPrice=2", "OpenAI:ChatOutputPrice=10",
    ];

    public static async Task<ModelEndpoint> StartAsync(int failures = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new ModelEndpoint(builder.Build(), failures);
        endpoint.app.Run(endpoint.AnswerAsync);
        await endpoint.app.StartAsync();
        return endpoint;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var asked = (await JsonNode.ParseAsync(http.Request.Body))!["messages"]!.AsArray().Last()!["content"]!.ToString();
        var remaining = Interlocked.Decrement(ref failures);
        if (remaining >= 0 && remaining % 2 == 1)
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await http.Response.WriteAsJsonAsync(new { error = new { message = $"Cannot read {asked}", code = "odd" } });
            return;
        }

        var scores = JsonSerializer.Serialize(new { harassment = 0, hate = 0, violence = 0, sexual = 0, selfHarm = 0, spam = 0, illegalGoods = 0, sexualMinors = 0, nudity = 0, gore = 0, extremistSymbols = 0 });
        object message = remaining >= 0
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
