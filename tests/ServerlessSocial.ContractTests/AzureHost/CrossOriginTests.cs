using System.Collections.Concurrent;
using System.Net;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.FunctionsHost;
using ServerlessSocial.ContractTests.Running;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>Pages of other origins and the published worker, under a host that leaves them to it and under one that answers preflights by itself, as on Flex Consumption.</summary>
[Collection(AzureSuites.Name)]
[NeedsAzurite]
[NeedsNode]
public sealed class CrossOriginTests
{
    [ContractFact]
    public async Task A_preflight_is_answered_while_the_documents_are_away()
    {
        await using var services = await AzureServices.StartAsync();
        services.Cosmos.IsAway = true;
        await using var host = await services.StartHostAsync(new ConcurrentQueue<string>().Enqueue);

        using var answer = await PreflightAsync(host);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal([AzureServices.PageOrigin], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["authorization,if-match"], answer.Headers.GetValues("Access-Control-Allow-Headers"));
    }

    [ContractFact]
    public async Task Where_the_platform_answers_preflights_it_and_the_worker_say_the_same_once()
    {
        await using var services = await AzureServices.StartAsync();
        await using var host = await services.StartHostAsync(new ConcurrentQueue<string>().Enqueue, platformOrigins: [AzureServices.PageOrigin]);
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("Origin", AzureServices.PageOrigin);

        using var preflight = await PreflightAsync(host);
        using var called = await client.GetAsync("api/health");
        using var refused = await client.GetAsync("api/me");

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal([AzureServices.PageOrigin], preflight.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (called.StatusCode, refused.StatusCode));
        foreach (var answer in (HttpResponseMessage[])[called, refused])
        {
            Assert.Equal([AzureServices.PageOrigin], answer.Headers.GetValues("Access-Control-Allow-Origin"));
            Assert.Contains("Retry-After", Assert.Single(answer.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
        }
    }

    [ContractFact]
    public async Task A_wrong_setting_stops_the_worker_with_a_sentence()
    {
        var log = new ConcurrentQueue<string>();
        await using var services = await AzureServices.StartAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => services.StartHostAsync(log.Enqueue, settings: new Dictionary<string, string> { ["Http__Origins"] = "https://app.example/" }));

        Assert.Contains("Http:Origins: \"https://app.example/\" is no origin as browsers name it; write https://app.example.", log);
        Assert.DoesNotContain(log, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    private static async Task<HttpResponseMessage> PreflightAsync(StandInHost host)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Options, "api/posts/some/like");
        request.Headers.Add("Origin", AzureServices.PageOrigin);
        request.Headers.Add("Access-Control-Request-Method", "PUT");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,if-match");
        return await client.SendAsync(request);
    }
}
