using System.Collections.Concurrent;
using System.Net;
using Azure.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Hosts.Adapters.WebPubSub;
using ServerlessSocial.Platform.Live;
using Xunit.Abstractions;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>What is deployed holds no connections unless asked to.</summary>
[Collection(AzureSuites.Name)]
[NeedsAzurite]
[NeedsNode]
public sealed class LiveTests(AzureHostFixture azure, ITestOutputHelper output) : AzureHostTests(azure, output)
{
    [ContractFact]
    public async Task Without_a_channel_the_answer_says_what_to_do_instead()
    {
        var nora = await SignUpAsync("nora");
        var (status, problem) = await nora.TryAsync("GET stream");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.EndsWith("no-live-connections", (string)problem["type"]!);
    }
}

/// <summary>The live port over Web PubSub, against a stand-in of its REST interface.</summary>
public sealed class WebPubSubChannelTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> calls = new();
    private WebApplication service = null!;
    private HttpStatusCode? trouble;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        service = builder.Build();
        service.Run(async http =>
        {
            using var body = new StreamReader(http.Request.Body);
            calls.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {http.Request.Headers.Authorization} {await body.ReadToEndAsync()}");
            http.Response.StatusCode = (int)(trouble ?? (http.Request.Path.Value!.EndsWith(":send", StringComparison.Ordinal) ? HttpStatusCode.Accepted : HttpStatusCode.OK));
            if (http.Request.Path.Value!.EndsWith(":generateToken", StringComparison.Ordinal))
            {
                await http.Response.WriteAsJsonAsync(new { token = "a.b.c" });
            }
        });
        await service.StartAsync();
    }

    public async Task DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task People_are_told_by_their_id_and_connect_with_a_token_of_their_own()
    {
        using var http = new HttpClient();
        var channel = Channel(http);
        await channel.TellAsync(["anna"], LiveTopics.Notifications, CancellationToken.None);
        await channel.TellAsync(["ben"], LiveTopics.Feed, CancellationToken.None);
        var address = await channel.AddressOfAsync("anna", CancellationToken.None);

        Assert.Equal(
            [
                "POST /api/hubs/live/users/anna/:send?api-version=2024-12-01 Bearer identity notification",
                "POST /api/hubs/live/users/ben/:send?api-version=2024-12-01 Bearer identity feed",
                "POST /api/hubs/live/:generateToken?userId=anna&minutesToExpire=60&api-version=2024-12-01 Bearer identity ",
            ],
            calls);
        Assert.Equal($"{service.Urls.First().Replace("http", "ws", StringComparison.Ordinal)}/client/hubs/live?access_token=a.b.c", address!.Url);
        Assert.Null(channel.Listen("anna"));
    }

    [Fact]
    public async Task A_channel_that_is_out_stops_nobodys_work()
    {
        using var http = new HttpClient();
        var channel = Channel(http);
        trouble = HttpStatusCode.TooManyRequests;
        await channel.TellAsync(["anna", "ben"], LiveTopics.Notifications, CancellationToken.None);
        await service.StopAsync();
        await channel.TellAsync(["anna", "ben"], LiveTopics.Notifications, CancellationToken.None);

        Assert.InRange(calls.Count, 1, 2);
    }

    private WebPubSubChannel Channel(HttpClient http) =>
        new(http, new Identity(), Options.Create(new WebPubSubOptions { Endpoint = service.Urls.First() }), TimeProvider.System, NullLogger<WebPubSubChannel>.Instance);

    private sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("identity", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
