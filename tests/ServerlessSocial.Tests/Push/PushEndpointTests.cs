using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Push;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Push;

/// <summary>Which addresses are called, and which never.</summary>
public sealed class PushEndpointTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:db8::1")]
    [InlineData("2001:0:7f00:1::")]
    public void Addresses_of_private_networks_are_not_public(string address) => Assert.False(PushEndpoints.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("142.250.185.74")]
    [InlineData("17.188.166.29")]
    [InlineData("172.15.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("2a00:1450:4001:82f::200a")]
    [InlineData("::ffff:142.250.185.74")]
    public void Addresses_of_the_internet_are(string address) => Assert.True(PushEndpoints.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("push.example.org")]
    [InlineData("ftp://push.example.org/a")]
    [InlineData("http://push.example.org/a")]
    [InlineData("https://push.example.org:8443/a")]
    [InlineData("https://anna@push.example.org/a")]
    [InlineData("https://push.example.org/a#b")]
    [InlineData("https://127.0.0.1/a")]
    [InlineData("https://2130706433/a")]
    [InlineData("https://0x7f.1/a")]
    [InlineData("https://8.8.8.8/a")]
    [InlineData("https://[::1]/a")]
    [InlineData("https://[2a00:1450:4001:82f::200a]/a")]
    [InlineData("https://localhost/a")]
    [InlineData("https://localhost./a")]
    [InlineData("https://metadata/a")]
    [InlineData("https://inside.example.org/a")]
    [InlineData("https://unknown.example.org/a")]
    public async Task Endpoints_that_lead_elsewhere_are_refused(string? endpoint) =>
        Assert.NotNull(await ProblemAsync(endpoint));

    [Theory]
    [InlineData("https://push.example.org/a")]
    [InlineData("https://push.example.org:443/send/abc:def?x=1")]
    public async Task Endpoints_of_push_services_are_taken(string endpoint) =>
        Assert.Null(await ProblemAsync(endpoint));

    [Fact]
    public async Task Long_endpoints_are_refused() =>
        Assert.NotNull(await ProblemAsync($"https://push.example.org/{new string('a', PushEndpoints.MaxLength)}"));

    [Fact]
    public async Task A_name_that_leads_inside_later_is_not_connected_to()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var endpoints = Endpoints("127.0.0.1");
        await Assert.ThrowsAsync<EndpointNotPublicException>(async () => await endpoints.ConnectAsync(new DnsEndPoint("push.example.org", port), CancellationToken.None));
        Assert.False(listener.Pending());

        // The whole way: the message is dropped, and nobody was called.
        await using var host = await TestHost.StartAsync();
        using var sender = new PushSender(
            endpoints, new VapidKeys((IDocumentStore)host.Services.GetService(typeof(IDocumentStore))!), Options.Create(new PushOptions()), TimeProvider.System, NullLogger<PushSender>.Instance);
        using var browser = new Browser($"https://push.example.org:{port}/a", string.Empty);
        var answer = await sender.SendAsync(Stored(browser), new("id", NotificationKind.Like, 1), "topic", CancellationToken.None);
        Assert.Equal(PushOutcome.Refused, answer.Outcome);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task A_request_with_something_wrong_says_what()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        using var browser = new Browser("https://127.0.0.1/a", string.Empty);
        foreach (var (body, field) in new (object Body, string Field)[]
        {
            (browser.Subscription(), "endpoint"),
            (new { endpoint = "https://127.0.0.1/a" }, "keys"),
            (new { endpoint = "https://127.0.0.1/a", keys = new { p256dh = "BAAA", auth = "AAAA" } }, "keys.auth"),
            (new { endpoint = "https://127.0.0.1/a", keys = new { p256dh = "B" + new string('A', 86), auth = "BTBZMqHH6r4Tts7J_aSIgg" } }, "keys.p256dh"),
            (new { endpoint = "https://127.0.0.1/a", kinds = Array.Empty<string>() }, "kinds"),
        })
        {
            using var response = await anna.Client.PostAsJsonAsync("me/push", body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains($"\"{field}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Empty((await anna.GetAsync("me/push")).GetProperty("subscriptions").EnumerateArray());
    }

    private static async Task<string?> ProblemAsync(string? endpoint)
    {
        var endpoints = Endpoints("142.250.185.74");
        return endpoints.Problem(endpoint) ?? await endpoints.HostProblemAsync(endpoint!, CancellationToken.None);
    }

    private static StoredPushSubscription Stored(Browser browser)
    {
        var keys = System.Text.Json.JsonSerializer.SerializeToElement(browser.Subscription()).GetProperty("keys");
        return new("id", browser.Endpoint, keys.GetProperty("p256dh").GetString()!, keys.GetProperty("auth").GetString()!, null, DateTimeOffset.UtcNow);
    }

    private static PushEndpoints Endpoints(string address) => new(Options.Create(new PushOptions()))
    {
        Resolve = (host, _) => host switch
        {
            "push.example.org" => Task.FromResult(new[] { IPAddress.Parse(address) }),
            "inside.example.org" => Task.FromResult(new[] { IPAddress.Parse("10.0.0.7"), IPAddress.Parse("fd00::7") }),
            "localhost" or "localhost." or "metadata" => Task.FromResult(new[] { IPAddress.Parse("142.250.185.74") }),
            _ => throw new SocketException((int)SocketError.HostNotFound),
        },
    };
}
