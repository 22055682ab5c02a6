using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Tests.Http;

/// <summary>Requests that no client library sends: whatever the server does not take, it says so with a problem.</summary>
public sealed class RefusedRequestTests
{
    private const string Host = "Host: localhost\r\n";
    private const string Json = "Content-Type: application/json\r\n";

    public static TheoryData<string, string, int, string> Refused => new()
    {
        { "a path with a NUL", $"GET /api/%00 HTTP/1.1\r\n{Host}\r\n", 400, "malformed" },
        { "no request line", "GARBAGE\r\n\r\n", 400, "malformed" },
        { "no such version", $"GET /api/health HTTP/9.9\r\n{Host}\r\n", 505, "http-version-not-supported" },
        { "no host", "GET /api/health HTTP/1.1\r\n\r\n", 400, "malformed" },
        { "a bad host", "GET /api/health HTTP/1.1\r\nHost: a b/c\r\n\r\n", 400, "malformed" },
        { "two hosts", "GET /api/health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "malformed" },
        { "a bad field name", $"GET /api/health HTTP/1.1\r\n{Host}Bad Header: x\r\n\r\n", 400, "malformed" },
        { "a bad target", $"GET api/health HTTP/1.1\r\n{Host}\r\n", 400, "malformed" },
        { "a bad length", $"POST /api/posts HTTP/1.1\r\n{Host}Content-Length: -1\r\n\r\n", 400, "malformed" },
        { "two lengths", $"POST /api/posts HTTP/1.1\r\n{Host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400, "malformed" },
        { "an unknown coding", $"POST /api/posts HTTP/1.1\r\n{Host}Transfer-Encoding: gzip\r\n\r\n", 400, "malformed" },
        { "no length where it takes one", $"POST /api/posts HTTP/1.0\r\n{Host}{Json}\r\n", 400, "malformed" },
        { "a long line", $"GET /api/{new string('a', 70_000)} HTTP/1.1\r\n{Host}\r\n", 414, "address-too-long" },
        { "a long head", $"GET /api/health HTTP/1.1\r\n{Host}X: {new string('a', 70_000)}\r\n\r\n", 431, "headers-too-large" },
        { "many fields", $"GET /api/health HTTP/1.1\r\n{Host}{string.Concat(Enumerable.Range(0, 250).Select(i => $"X-{i}: a\r\n"))}\r\n", 431, "headers-too-large" },
        { "a handshake of TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + new string('a', 60), 400, "malformed" },
        { "a foreign method", $"BREW /api/health HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", 405, "method-not-allowed" },
        { "a method the root does not know", $"POST / HTTP/1.1\r\n{Host}Content-Length: 0\r\nConnection: close\r\n\r\n", 405, "method-not-allowed" },
        { "all of the server", $"OPTIONS * HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", 405, "method-not-allowed" },
        { "no such page", $"GET /nothing HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", 404, "not-found" },
        { "no such operation", $"GET /api/nothing/%ff HTTP/1.1\r\n{Host}Connection: close\r\n\r\n", 404, "not-found" },
        { "a bad chunk", $"POST /api/dev/token HTTP/1.1\r\n{Host}{Json}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n\r\n", 400, "malformed" },
        { "a body that is too large", $"POST /api/dev/token HTTP/1.1\r\n{Host}{Json}Content-Length: 99999999\r\n\r\n", 413, "body-too-large" },
        { "no body", $"POST /api/dev/token HTTP/1.1\r\n{Host}{Json}Connection: close\r\n\r\n", 400, "malformed" },
        { "no content type", $"POST /api/dev/token HTTP/1.1\r\n{Host}Content-Length: 2\r\nConnection: close\r\n\r\n{{}}", 415, "unsupported-media-type" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Whatever_is_refused_is_told_as_a_problem(string what, string request, int status, string code)
    {
        await using var host = await TestHost.StartAsync();

        var (head, problem) = await AskAsync(host, request);

        Assert.True(head.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{what}: {head}");
        Assert.Contains("\r\nContent-Type: application/problem+json\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nCache-Control: private, no-store\r\n", head, StringComparison.Ordinal);
        Assert.Equal((status, Error.TypePrefix + code), (problem.GetProperty("status").GetInt32(), problem.GetProperty("type").GetString()));
        Assert.NotEqual(string.Empty, problem.GetProperty("title").GetString());
        Assert.EndsWith(".", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_does_not_come_is_given_up_with_a_problem()
    {
        await using var host = await TestHost.StartAsync(configure: builder => builder.WebHost.ConfigureKestrel(server => server.Limits.RequestHeadersTimeout = TimeSpan.FromMilliseconds(200)));

        var (head, problem) = await AskAsync(host, $"GET /api/health HTTP/1.1\r\n{Host}X-Slow: ");

        Assert.StartsWith("HTTP/1.1 408 ", head, StringComparison.Ordinal);
        Assert.Equal(Error.TypePrefix + "head-too-slow", problem.GetProperty("type").GetString());
    }

    /// <summary>The path fails before the fields are read; what is wrong with a field a page can be told.</summary>
    [Fact]
    public async Task A_page_can_read_what_the_server_refuses_if_its_origin_was_read()
    {
        await using var host = await TestHost.StartAsync();

        var (head, _) = await AskAsync(host, $"GET /api/health HTTP/1.1\r\n{Host}Origin: http://localhost:3000\r\nX: {new string('a', 70_000)}\r\n\r\n");

        Assert.Contains("\r\nAccess-Control-Allow-Origin: http://localhost:3000\r\n", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_the_head_gets_the_head_alone()
    {
        await using var host = await TestHost.StartAsync();

        var answer = await SendAsync(host, "HEAD /api/health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_leaves_the_answers_before_it_as_they_are()
    {
        await using var host = await TestHost.StartAsync();

        var answers = await SendAsync(host, $"GET /api/health HTTP/1.1\r\n{Host}\r\nGET /api/health HTTP/1.1\r\n{Host}\r\nGARBAGE\r\n\r\n");

        Assert.Equal(2, answers.Split("HTTP/1.1 200 OK").Length - 1);
        Assert.Equal(2, answers.Split("{\"status\":\"ok\"}").Length - 1);
        Assert.EndsWith("\"detail\":\"The request could not be read: Invalid request line.\"}", answers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("posts", null, "The request has no Content-Type. Send the body as application/json, in UTF-8.", "application/json")]
    [InlineData("posts", "nonsense", "The Content-Type cannot be read. Send the body as application/json, in UTF-8.", "application/json")]
    [InlineData("posts", "application/json; charset=utf-16", "JSON is written in UTF-8 (RFC 8259). Send the body as application/json, in UTF-8.", "application/json")]
    [InlineData("posts", "multipart/form-data; boundary=x", "Forms are not taken: the body is the file or the JSON itself. Send the body as application/json, in UTF-8.", "application/json")]
    [InlineData("posts", "text/plain", "Send the body as application/json, in UTF-8.", "application/json")]
    [InlineData("media", "image/jpg", "The name of JPEG is image/jpeg. Send the body as image/jpeg, image/png, ", "image/jpeg, image/png, ")]
    [InlineData("media", "multipart/form-data; boundary=x", "Forms are not taken: the body is the file or the JSON itself. Send the body as image/jpeg, ", "image/jpeg, ")]
    [InlineData("media", null, "The request has no Content-Type. Send the body as image/jpeg, ", "image/jpeg, ")]
    [InlineData("media", "application/json", "Send the body as image/jpeg, ", "image/jpeg, ")]
    public async Task Who_sends_a_body_under_a_wrong_name_is_told_the_right_ones(string path, string? type, string words, string taken)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        using var content = new ByteArrayContent("{}"u8.ToArray());
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var answer = await anna.Client.PostAsync(path, content);

        var problem = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.Equal(415, (int)answer.StatusCode);
        Assert.StartsWith(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(taken, Assert.Single(answer.Headers.GetValues("Accept")), StringComparison.Ordinal);
    }

    private static async Task<(string Head, JsonElement Problem)> AskAsync(TestHost host, string request)
    {
        var answer = await SendAsync(host, request);
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"No answer: {answer}");
        var body = answer[(end + 4)..];

        // Of an answer in chunks, the first, which is all of it.
        return (answer[..(end + 2)], JsonSerializer.Deserialize<JsonElement>(body[body.IndexOf('{', StringComparison.Ordinal)..(body.LastIndexOf('}') + 1)]));
    }

    private static async Task<string> SendAsync(TestHost host, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Root.Host, host.Root.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }
}
