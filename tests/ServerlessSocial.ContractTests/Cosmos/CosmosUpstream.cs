using System.Text;
using Microsoft.AspNetCore.Http;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>An answer of the protocol.</summary>
internal sealed record CosmosAnswer(int Status, byte[] Body)
{
    /// <summary>Its headers.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether what was asked for was done.</summary>
    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>An answer in JSON, with the headers the SDK wants.</summary>
    public static CosmosAnswer Json(int status, string body) => new(status, Encoding.UTF8.GetBytes(body))
    {
        Headers = { ["Content-Type"] = "application/json", ["x-ms-activity-id"] = Guid.NewGuid().ToString(), ["x-ms-request-charge"] = "1" },
    };

    /// <summary>The server says 500 when it does not find an item.</summary>
    public CosmosAnswer MissingIfFailed() => Status == StatusCodes.Status500InternalServerError ? Json(StatusCodes.Status404NotFound, """{"code":"NotFound"}""") : this;

    /// <summary>Answers with it.</summary>
    public async Task WriteToAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (Body.Length > 0 && Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
        {
            await response.Body.WriteAsync(Body);
        }
    }
}

/// <summary>The server behind the stand-in.</summary>
internal sealed class CosmosUpstream(Uri address) : IDisposable
{
    private static readonly HashSet<string> OfTheConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        // "Prefer" asks to leave the document out of the answer; the change feed needs it.
        "Connection", "Content-Length", "Host", "Keep-Alive", "Prefer", "Transfer-Encoding",
    };

    private readonly HttpMessageInvoker http = new(CosmosServer.AnyCertificate());

    /// <summary>Passes a request on.</summary>
    public async Task<CosmosAnswer> SendAsync(HttpRequest request) => await SendAsync(request, await BodyOfAsync(request));

    /// <summary>The whole body of a request.</summary>
    public static async Task<byte[]> BodyOfAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    /// <summary>Passes a request on with another body.</summary>
    public async Task<CosmosAnswer> SendAsync(HttpRequest request, byte[] body)
    {
        using var message = new HttpRequestMessage(new(request.Method), new Uri(address, $"{request.Path}{request.QueryString}"))
        {
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, value) in request.Headers.Where(header => !OfTheConnection.Contains(header.Key)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, value.ToString()))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        return await SendAsync(message);
    }

    /// <summary>Asks for something about one document.</summary>
    public async Task<CosmosAnswer> SendAsync(HttpMethod method, string path, string partitionKey, string? json = null, string? ifMatch = null, bool upsert = false)
    {
        using var message = new HttpRequestMessage(method, new Uri(address, path))
        {
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
        };
        message.Headers.TryAddWithoutValidation("Authorization", "unseen");
        message.Headers.TryAddWithoutValidation("x-ms-date", "unseen");
        message.Headers.TryAddWithoutValidation("x-ms-documentdb-partitionkey", partitionKey);
        if (ifMatch is not null)
        {
            message.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (upsert)
        {
            message.Headers.TryAddWithoutValidation("x-ms-documentdb-is-upsert", "True");
        }

        return (await SendAsync(message)).MissingIfFailed();
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<CosmosAnswer> SendAsync(HttpRequestMessage message)
    {
        using var response = await http.SendAsync(message, CancellationToken.None);
        var answer = new CosmosAnswer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => !OfTheConnection.Contains(header.Key)))
        {
            answer.Headers[name] = string.Join(',', values);
        }

        return answer;
    }
}
