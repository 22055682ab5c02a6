using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessSocial.Tests.OpenApi;

namespace ServerlessSocial.ContractTests.TwoHosts;

/// <summary>
/// Holds the table's requests against one host. Of each answer it keeps status, headers and the fields of the body, with what differs by
/// nature made alike: identifiers become their number in order of appearance, moments and cursors their kind.
/// </summary>
internal sealed partial class HeldRequests(Uri address, ApiDescription api, Func<string, Task<string>> tokenOf, Func<Task> settle) : IDisposable
{
    /// <summary>What a server says about itself and the connection.</summary>
    private static readonly HashSet<string> OfTheServer = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Content-Length", "Date", "Server", "Transfer-Encoding" };

    private readonly HttpClient client = new() { BaseAddress = new Uri(address, "api/") };
    private readonly Dictionary<string, string> tokens = [];
    private readonly Dictionary<string, string> remembered = [];
    private readonly Dictionary<string, string> identifiers = [];
    private bool isUnsettled;

    /// <summary>Answers that are not as the OpenAPI document says.</summary>
    public List<string> Mismatches { get; } = [];

    /// <summary>Sends a row's request once all that earlier ones started has been carried out.</summary>
    /// <returns>The answer's fields by name.</returns>
    public async Task<SortedDictionary<string, string>> SendAsync(TableRow row)
    {
        if (isUnsettled)
        {
            await settle();
        }

        using var request = await RequestAsync(row);
        isUnsettled = request.Method != HttpMethod.Get && request.Method != HttpMethod.Head;
        using var response = await client.SendAsync(request);
        var bytes = await BodyAsync(response);
        var isJson = bytes.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        var path = new Uri(client.BaseAddress!, request.RequestUri!).AbsolutePath;
        if (api.MismatchOf(
            request.Method.Method, path, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, isJson ? JsonSerializer.Deserialize<JsonElement>(bytes) : null) is { } mismatch)
        {
            Mismatches.Add($"{row.Who}: {row.Call}: {mismatch}");
        }

        return Fields(row, response, bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<HttpRequestMessage> RequestAsync(TableRow row)
    {
        var call = Fill(row.Call).Split(' ');
        var request = new HttpRequestMessage(new HttpMethod(call[0]), call[1]);
        if (row.Who != "nobody")
        {
            if (!tokens.TryGetValue(row.Who, out var token))
            {
                tokens[row.Who] = token = await tokenOf(row.Who);
            }

            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in row.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, Fill(value));
        }

        if (row.Body is not null)
        {
            var (bytes, type) = row.Body switch
            {
                byte[] picture => (picture, "image/png"),
                string text => (Encoding.UTF8.GetBytes(Fill(text)), "text/plain"),
                var json => (Encoding.UTF8.GetBytes(Fill(JsonSerializer.Serialize(json))), "application/json"),
            };
            request.Content = new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(row.ContentType ?? type) } };
        }

        return request;
    }

    private SortedDictionary<string, string> Fields(TableRow row, HttpResponseMessage response, byte[] bytes)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["status"] = $"{(int)response.StatusCode}" };
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => !OfTheServer.Contains(header.Key)))
        {
            var value = string.Join(", ", values);
            fields[$"header {name.ToLowerInvariant()}"] = name switch
            {
                "ETag" => Number(value),
                "Link" => Cursor().Replace(Alike(value), "cursor"),
                "RateLimit" or "Credits" => "what is left just then",
                "Last-Modified" => "moment",
                _ => Alike(value),
            };
            if (name == "ETag" && row.ETag is not null)
            {
                remembered[row.ETag] = value;
            }
        }

        if (bytes.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true)
        {
            var body = JsonNode.Parse(bytes)!;
            Remember(row, body);
            Flatten("body", body, fields);
        }
        else
        {
            fields["body"] = $"{bytes.Length} bytes";
        }

        return fields;
    }

    /// <summary>The body as it was before it was compressed for the way.</summary>
    private static async Task<byte[]> BodyAsync(HttpResponseMessage response)
    {
        var sent = await response.Content.ReadAsStreamAsync();
        await using var body = response.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(sent, CompressionMode.Decompress),
            "gzip" => new GZipStream(sent, CompressionMode.Decompress),
            _ => sent,
        };
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private void Remember(TableRow row, JsonNode body)
    {
        foreach (var (name, property) in new[] { (row.Id, "id"), (row.Next, "next") })
        {
            if (name is not null && (string?)body[property] is { } value)
            {
                remembered[name] = value;
            }
        }
    }

    private void Flatten(string path, JsonNode? node, SortedDictionary<string, string> fields)
    {
        switch (node)
        {
            case JsonObject properties:
                foreach (var (name, property) in properties)
                {
                    Flatten($"{path}.{name}", property, fields);
                }

                break;
            case JsonArray items:
                fields[$"{path}.length"] = $"{items.Count}";
                for (var i = 0; i < items.Count; i++)
                {
                    Flatten($"{path}[{i}]", items[i], fields);
                }

                break;
            default:
                var text = node is JsonValue value && value.TryGetValue<string>(out var given) ? given : node?.ToJsonString() ?? "null";
                fields[path] = path.EndsWith(".next", StringComparison.Ordinal) || path.EndsWith(".since", StringComparison.Ordinal) ? "cursor" : path.EndsWith(".traceId", StringComparison.Ordinal) ? "trace" : path.EndsWith(".publicKey", StringComparison.Ordinal) ? $"{text.Length} characters" : Alike(text);
                break;
        }
    }

    private string Fill(string text) => Placeholder().Replace(text, match => remembered.GetValueOrDefault(match.Groups[1].Value, match.Value));

    private string Alike(string text) => Moment().Replace(Identifier().Replace(text, match => Number(match.Value)), "moment$1");

    private string Number(string identifier)
    {
        if (!identifiers.TryGetValue(identifier, out var number))
        {
            identifiers[identifier] = number = $"#{identifiers.Count + 1}";
        }

        return number;
    }

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("(?<=[?&]cursor=)[^&>]+")]
    private static partial Regex Cursor();

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)")]
    private static partial Regex Moment();
}
