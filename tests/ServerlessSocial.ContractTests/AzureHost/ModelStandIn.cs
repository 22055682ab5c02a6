using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>
/// Speaks the OpenAI protocol under any path, as OpenAI, as Azure OpenAI and as its v1 endpoint do: chat answers in the JSON schema that
/// is asked for, images, embeddings. A number whose name stands in the text in square brackets is 1, every other 0: a post that says
/// <c>[violence]</c> is violent. It can be told to be away.
/// </summary>
internal sealed class ModelStandIn : IAsyncDisposable
{
    private const int Dimensions = 8;
    private readonly WebApplication app;

    private ModelStandIn(WebApplication app) => this.app = app;

    /// <summary>Where it listens.</summary>
    public string Address => app.Urls.First();

    /// <summary>Whether every call meets an outage.</summary>
    public bool IsAway { get; set; }

    /// <summary>Bodies of all calls, by the last part of their path: <c>completions</c>, <c>generations</c>, <c>embeddings</c>.</summary>
    public ConcurrentQueue<(string Operation, JsonNode Body)> Calls { get; } = new();

    /// <summary>Starts one.</summary>
    public static async Task<ModelStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var models = new ModelStandIn(builder.Build());
        models.app.Run(models.AnswerAsync);
        await models.app.StartAsync();
        return models;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var body = (await JsonNode.ParseAsync(http.Request.Body))!;
        var operation = http.Request.Path.Value!.Split('/')[^1];
        Calls.Enqueue((operation, body));
        http.Response.StatusCode = IsAway ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        await http.Response.WriteAsJsonAsync(IsAway ? new JsonObject { ["error"] = new JsonObject { ["message"] = "Away.", ["code"] = "unavailable" } } : operation switch
        {
            "completions" => Chat(body),
            "generations" => Image((string)body["size"]!),
            _ => Embeddings(body),
        });
    }

    private static JsonObject Chat(JsonNode body)
    {
        var text = body["messages"]!.AsArray()[^1]!["content"]!;
        var asked = text is JsonArray parts ? string.Concat(parts.Select(part => (string?)part!["text"])) : (string)text!;
        var schema = body["response_format"]?["json_schema"]?["schema"];
        var answer = schema is null ? "A sentence." : Instance(schema, string.Empty, asked)!.ToJsonString();
        return new JsonObject
        {
            ["id"] = "chat-1",
            ["object"] = "chat.completion",
            ["created"] = 1,
            ["model"] = "stand-in",
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = answer },
                ["finish_reason"] = "stop",
            }),
            ["usage"] = Usage(),
        };
    }

    private static JsonNode? Instance(JsonNode schema, string name, string text) => (string?)schema["type"] switch
    {
        "object" => new JsonObject(schema["properties"]!.AsObject().Select(property => KeyValuePair.Create(property.Key, Instance(property.Value!, property.Key, text)))),
        "array" => new JsonArray(),
        "number" or "integer" => text.Contains($"[{name}]", StringComparison.Ordinal) ? 1 : 0,
        "boolean" => text.Contains($"[{name}]", StringComparison.Ordinal),
        _ => schema["enum"]?[0]?.DeepClone() ?? string.Empty,
    };

    private static JsonObject Image(string size)
    {
        var sides = size.Split('x');
        return new JsonObject
        {
            ["created"] = 1,
            ["data"] = new JsonArray(new JsonObject { ["b64_json"] = Convert.ToBase64String(PlainPicture.Png(int.Parse(sides[0], null), int.Parse(sides[1], null))) }),
            ["usage"] = new JsonObject { ["input_tokens"] = 10, ["output_tokens"] = 10, ["total_tokens"] = 20, ["input_tokens_details"] = new JsonObject { ["text_tokens"] = 10, ["image_tokens"] = 0 } },
        };
    }

    private static JsonObject Embeddings(JsonNode body)
    {
        var texts = body["input"] is JsonArray many ? many.Select(text => (string)text!) : [(string)body["input"]!];
        return new JsonObject
        {
            ["object"] = "list",
            ["model"] = "stand-in",
            ["data"] = new JsonArray([.. texts.Select((text, i) => new JsonObject { ["object"] = "embedding", ["index"] = i, ["embedding"] = Vector(text, (string?)body["encoding_format"]) })]),
            ["usage"] = Usage(),
        };
    }

    /// <summary>The same text lies at the same place, and others elsewhere.</summary>
    private static JsonNode Vector(string text, string? encoding)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var vector = Enumerable.Range(0, Dimensions).Select(i => (hash[i] - 127.5f) / 127.5f).ToArray();
        return encoding == "base64"
            ? JsonValue.Create(Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes(vector.AsSpan())))
            : new JsonArray([.. vector.Select(number => JsonValue.Create(number))]);
    }

    private static JsonObject Usage() => new() { ["prompt_tokens"] = 10, ["completion_tokens"] = 10, ["total_tokens"] = 20 };
}
