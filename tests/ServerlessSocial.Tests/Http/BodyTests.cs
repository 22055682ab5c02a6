using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Http;

/// <summary>What bodies of requests may be, and what they cost.</summary>
public sealed class BodyTests
{
    [Fact]
    public async Task A_field_that_is_there_twice_is_named()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        using var body = new StringContent("""{ "text": "x", "poll": { "minutes": 5, "minutes": 6 } }""", System.Text.Encoding.UTF8, "application/json");

        using var answer = await anna.Client.PostAsync("posts", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("\"minutes\":[\"It is there twice.\"]", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_field_is_refused_by_name_and_nothing_is_written()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        var fields = await anna.InvalidFieldsAsync(new { text = "For my followers", visibilty = "followers", media = new[] { new { id = "x", caption = "y" } } });

        Assert.Equal(["media[0].caption", "visibilty"], fields);
        Assert.Empty(await anna.Client.ListAsync("profiles/anna/posts"));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_with_what_is_expected()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        using var body = new StringContent(
            """{ "Text": "a", "text": 5, "visibility": 3, "contentWarning": "\ud800", "publishAt": "2027-03-01T10:00:00", "poll": { "minutes": "5" } }""",
            Encoding.UTF8,
            "application/json");

        using var answer = await anna.Client.PostAsync("posts", body);

        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["Text", "contentWarning", "poll.minutes", "publishAt", "text", "visibility"], errors.EnumerateObject().Select(error => error.Name));
        Assert.StartsWith("A time with its offset", errors.GetProperty("publishAt")[0].GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Text that is valid Unicode", errors.GetProperty("contentWarning")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("One of public, followers.", errors.GetProperty("visibility")[0].GetString());
        Assert.Empty(await anna.Client.ListAsync("profiles/anna/posts"));
    }

    [Theory]
    [InlineData("2027-03-01", false)]
    [InlineData("2027-03-01T10:00", false)]
    [InlineData("2027-03-01T10:00:00.000", false)]
    [InlineData("2027-03-01T10:00:00Z", true)]
    [InlineData("2027-03-01T10:00:00+01:00", true)]
    [InlineData("2027-03-01T10:00:00.123-05:30", true)]
    public void A_time_says_its_offset(string time, bool isTaken) =>
        Assert.Equal(isTaken, Record.Exception(() => JsonSerializer.Deserialize<DateTimeOffset>($"\"{time}\"", ApiJson.Options)) is null);

    [Fact]
    public async Task A_type_without_a_body_is_no_body()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, _) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        foreach (var path in (string[])["profiles/ben/follow", "profiles/ben/mute"])
        {
            using var nothing = new StringContent(string.Empty, Encoding.UTF8, "application/json");
            using var answer = await anna.Client.PutAsync(path, nothing);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_missing_field_is_named()
    {
        await using var host = await TestHost.StartAsync();

        using var response = await host.Anonymous.PostAsJsonAsync("dev/token", new { role = "user" });

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("subject", Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON; charset=\"UTF-8\"")]
    [InlineData("application/merge-patch+json")]
    public async Task JSON_is_taken_under_its_names(string type)
    {
        await using var host = await TestHost.StartAsync();

        using var response = await PostAsync(host, type);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("nonsense")]
    public async Task A_body_that_does_not_say_that_it_is_JSON_is_not_taken_for_it(string? type)
    {
        await using var host = await TestHost.StartAsync();

        using var response = await PostAsync(host, type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("unsupported-media-type", await response.ProblemAsync());
    }

    [Theory]
    [InlineData("posts", "application/json")]
    [InlineData("media", "image/png")]
    public async Task A_body_that_does_not_come_is_given_up_with_a_problem(string path, string type)
    {
        await using var host = await TestHost.StartAsync(["Http:JsonDeadline=00:00:00.2", "Uploads:Deadline=00:00:00.2"]);
        await host.SignUpAsync("anna");
        using var client = new TcpClient();
        await client.ConnectAsync(host.Root.Host, host.Root.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {await host.TokenAsync("anna")}\r\nContent-Type: {type}\r\nContent-Length: 1000\r\n\r\n{{\"text\""));

        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("urn:serverless-social:problem:body-too-slow", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_takes_memory_for_what_came_not_for_what_it_claims()
    {
        const int claimed = 8 * 1024 * 1024;
        var request = new DefaultHttpContext().Request;
        request.ContentLength = claimed;
        request.Body = new MemoryStream(new byte[10]);
        using ((await request.ReadBytesAsync(claimed, TimeSpan.FromMinutes(1), null, default)).Value)
        {
        }

        request.Body = new MemoryStream(new byte[10]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        using var body = (await request.ReadBytesAsync(claimed, TimeSpan.FromMinutes(1), null, default)).Value!;

        Assert.Equal(10, body.Length);
        Assert.InRange(body.Capacity, 10, 32 * 1024);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 * 1024);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(100_000)]
    [InlineData(131_072)]
    [InlineData(300_000)]
    public async Task A_body_comes_whole_with_and_without_a_length_and_room_is_asked_for_once_when_it_is_large(int length)
    {
        var body = new byte[length];
        Random.Shared.NextBytes(body);
        foreach (var claimed in (long?[])[length, null])
        {
            var asked = 0;
            var request = new DefaultHttpContext().Request;
            request.ContentLength = claimed;
            request.Body = new MemoryStream(body);

            using var read = (await request.ReadBytesAsync(300_000, TimeSpan.FromMinutes(1), MakeRoom, default)).Value!;

            Assert.True(read.Bytes.Span.SequenceEqual(body));
            Assert.Equal(length > RequestBody.SmallBody || (length == RequestBody.SmallBody && claimed is null) ? 1 : 0, asked);

            ValueTask<Error?> MakeRoom(CancellationToken cancellationToken)
            {
                asked++;
                return ValueTask.FromResult<Error?>(null);
            }
        }
    }

    private static Task<HttpResponseMessage> PostAsync(TestHost host, string? type)
    {
        var content = new ByteArrayContent("""{ "subject": "anna" }"""u8.ToArray());
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return host.Anonymous.PostAsync("dev/token", content);
    }
}
