using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Tests.Costs;
using ServerlessSocial.Tests.Media;

namespace ServerlessSocial.Tests.Http;

/// <summary>Pages of other origins: who may call, what they may read, and what asking costs.</summary>
public sealed class CrossOriginTests
{
    private const string App = "https://app.example";

    [Theory]
    [InlineData("http://localhost:5173", true)]
    [InlineData("https://127.0.0.1:3000", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("https://app.example", true)]
    [InlineData("capacitor://localhost", true)]
    [InlineData("https://evil.example", false)]
    [InlineData("https://app.example.evil.example", false)]
    [InlineData("http://app.example", false)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("null", false)]
    public async Task Pages_of_this_machine_and_of_named_origins_may_call(string origin, bool allowed)
    {
        await using var host = await TestHost.StartAsync(["Http:Origins=https://other.example, https://app.example,capacitor://localhost"]);

        using var answer = await PreflightAsync(host, "posts", origin);
        using var called = await CallAsync(host.Anonymous, HttpMethod.Get, "health", origin);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(allowed ? [origin] : [], Values(answer, "Access-Control-Allow-Origin"));
        Assert.Equal(allowed ? [origin] : [], Values(called, "Access-Control-Allow-Origin"));
        Assert.Equal(allowed ? ["authorization, idempotency-key, alt-text*"] : [], Values(answer, "Access-Control-Allow-Headers"));
        Assert.Equal(allowed ? ["GET, HEAD, POST, PUT, PATCH, DELETE"] : [], Values(answer, "Access-Control-Allow-Methods"));
        Assert.Equal(allowed ? ["7200"] : [], Values(answer, "Access-Control-Max-Age"));
        Assert.Contains("Origin", called.Headers.Vary);
    }

    [Fact]
    public async Task Any_page_may_call_where_the_setting_says_so()
    {
        await using var host = await TestHost.StartAsync(["Http:Origins=*"]);

        using var answer = await PreflightAsync(host, "posts", "https://anything.example");

        Assert.Equal(["https://anything.example"], Values(answer, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_preflight_asks_the_store_nothing_and_takes_nothing_of_anybodys_limits()
    {
        await using var host = await TestHost.StartAsync([$"Http:Origins={App}", "Limits:AnonymousReads:Burst=1"], CostMeter.Register);
        await host.SettleAsync();
        var meter = host.Services.GetRequiredService<CostMeter>();
        meter.Take();

        foreach (var path in (string[])["posts", "feed", "nothing/here", "posts/nothing/like", "openapi.json", "media"])
        {
            using var answer = await PreflightAsync(host, path, App);
            Assert.Equal([App], Values(answer, "Access-Control-Allow-Origin"));
            Assert.False(answer.Headers.Contains("RateLimit"));
        }

        Assert.Equal(ServerlessSocial.Benchmarks.OperationCounts.None, meter.Take().Requests);
    }

    [Fact]
    public async Task Errors_can_be_read_and_so_can_every_header_that_a_client_needs()
    {
        await using var host = await TestHost.StartAsync([$"Http:Origins={App}", "Limits:Factor=1", "Limits:AnonymousReads:Burst=4", "Limits:AnonymousReads:PerHour=1"]);
        var anna = host.NewClient(await host.TokenAsync("anna"));
        using var large = new HttpRequestMessage(HttpMethod.Post, "profiles") { Content = new ByteArrayContent(new byte[600_000]) { Headers = { { "Content-Type", "application/json" } } } };
        using var strange = new HttpRequestMessage(HttpMethod.Post, "profiles") { Content = new StringContent("handle=anna") };
        using var bad = new HttpRequestMessage(HttpMethod.Post, "profiles") { Content = JsonContent.Create(new { }) };

        Assert.Equal(HttpStatusCode.Unauthorized, await ReadableAsync(host.Anonymous, new(HttpMethod.Get, "me")));
        Assert.Equal(HttpStatusCode.NotFound, await ReadableAsync(host.Anonymous, new(HttpMethod.Get, "nothing")));
        Assert.Equal(HttpStatusCode.NotFound, await ReadableAsync(host.Anonymous, new(HttpMethod.Get, "../elsewhere")));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await ReadableAsync(anna, new(HttpMethod.Delete, "health")));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await ReadableAsync(anna, large));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await ReadableAsync(anna, strange));
        Assert.Equal(HttpStatusCode.BadRequest, await ReadableAsync(anna, bad));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, await ReadableAsync(anna, new(HttpMethod.Get, "health?q=" + new string('a', 5_000))));
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 5 && last != HttpStatusCode.TooManyRequests; i++)
        {
            last = await ReadableAsync(host.Anonymous, new(HttpMethod.Get, "health"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        string[] needed = ["ETag", "Location", "Link", "Retry-After", "RateLimit", "RateLimit-Policy", "Allow", "WWW-Authenticate"];
        Assert.Empty(needed.Except(CrossOrigin.Exposed.Split(", ")));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("")]
    public async Task No_page_of_another_origin_may_call_unless_the_setting_says_so(string setting)
    {
        await using var host = await TestHost.StartAsync(configure: builder => builder.Services.PostConfigure<HttpOptions>(http => http.Origins = setting));

        using var answer = await PreflightAsync(host, "posts", "http://localhost:3000");
        using var called = await CallAsync(host.Anonymous, HttpMethod.Get, "health", "http://localhost:3000");

        Assert.Empty(Values(answer, "Access-Control-Allow-Origin"));
        Assert.Empty(Values(called, "Access-Control-Allow-Origin"));
        Assert.DoesNotContain("Origin", called.Headers.Vary);
    }

    [Fact]
    public async Task Who_asks_for_the_methods_of_a_path_is_told()
    {
        await using var host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Options, "posts/some/like");

        using var answer = await host.Anonymous.SendAsync(request);

        Assert.Equal((HttpStatusCode.NoContent, "DELETE, PUT"), (answer.StatusCode, string.Join(", ", answer.Content.Headers.Allow)));
    }

    [Theory]
    [InlineData("https://app.example/", "Http:Origins: \"https://app.example/\" is no origin as browsers name it; write https://app.example.")]
    [InlineData("https://a.example,https://App.example:443", "Http:Origins: \"https://App.example:443\" is no origin as browsers name it; write https://app.example.")]
    [InlineData("https://bücher.example", "Http:Origins: \"https://bücher.example\" is no origin as browsers name it; write https://xn--bcher-kva.example.")]
    [InlineData("app.example", "Http:Origins: \"app.example\" is no origin; write one such as https://app.example, or * for any.")]
    [InlineData("null", "Http:Origins: \"null\" is no origin; write one such as https://app.example, or * for any.")]
    [InlineData("https://*.example", "Http:Origins: \"https://*.example\" is no origin; write one such as https://app.example, or * for any.")]
    public async Task A_wrong_setting_stops_the_host_with_a_sentence(string setting, string words)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => TestHost.StartAsync([$"Http:Origins={setting}"]));

        Assert.Equal(words, refused.Message);
    }

    [Theory]
    [InlineData("https://app.example, http://localhost:3000,https://[2001:db8::1]:8443")]
    [InlineData("capacitor://localhost,ionic://localhost,tauri://localhost")]
    [InlineData("*")]
    [InlineData("none")]
    public void These_are_origins(string setting) => Assert.Null(CrossOrigin.ProblemOf(setting));

    private static async Task<HttpStatusCode> ReadableAsync(HttpClient client, HttpRequestMessage request)
    {
        request.Headers.Add("Origin", App);
        using var answer = await client.SendAsync(request);
        Assert.Equal([App], Values(answer, "Access-Control-Allow-Origin"));
        Assert.Equal([CrossOrigin.Exposed], Values(answer, "Access-Control-Expose-Headers"));
        if ((int)answer.StatusCode >= 400)
        {
            await answer.ProblemAsync();
        }

        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> PreflightAsync(TestHost host, string path, string origin)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization, idempotency-key, alt-text*");
        return await host.Anonymous.SendAsync(preflight);
    }

    private static async Task<HttpResponseMessage> CallAsync(HttpClient client, HttpMethod method, string path, string origin)
    {
        using var call = new HttpRequestMessage(method, path);
        call.Headers.Add("Origin", origin);
        return await client.SendAsync(call);
    }

    private static string[] Values(HttpResponseMessage answer, string header) => answer.Headers.TryGetValues(header, out var values) ? [.. values] : [];
}
