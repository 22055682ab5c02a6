using System.Collections.Concurrent;
using System.Net;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Tests.Push;
using Xunit.Abstractions;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>Web Push from what is deployed.</summary>
[Collection(AzureSuites.Name)]
[NeedsAzurite]
[NeedsNode]
public sealed class PushTests(ITestOutputHelper output)
{
    [ContractFact]
    public async Task A_follow_is_pushed_to_a_browser_once_its_service_takes_it_and_one_that_is_gone_is_forgotten()
    {
        var log = new ConcurrentQueue<string>();
        await using var service = await PushServiceStandIn.StartAsync();
        await using var services = await AzureServices.StartAsync();
        await using var host = await services.StartHostAsync(
            log.Enqueue, settings: new Dictionary<string, string> { ["Push__AllowAnyEndpoint"] = "true", ["Push__Subject"] = "mailto:push@example.org" });
        using var ida = new Person(host.Address, services.Issuer.Token("ida", null));
        using var jan = new Person(host.Address, services.Issuer.Token("jan", null));
        await ida.DoAsync("POST profiles", new { handle = "ida", displayName = "Ida" });
        await jan.DoAsync("POST profiles", new { handle = "jan", displayName = "Jan" });

        var key = (string)(await ida.DoAsync("GET me/push"))["publicKey"]!;
        Assert.Equal(key, (string)(await jan.DoAsync("GET me/push"))["publicKey"]!);
        var (phone, laptop) = (service.Browse("phone", key), service.Browse("laptop", key));
        phone.Answers.Enqueue(new PushServiceAnswer(503, "1"));
        laptop.Answers.Enqueue(new PushServiceAnswer(410));
        foreach (var browser in new[] { phone, laptop })
        {
            await ida.DoAsync("POST me/push", browser.Subscription());
        }

        await jan.DoAsync("PUT profiles/ida/follow");
        for (var waited = 0; phone.Got.IsEmpty && waited < 600; waited++)
        {
            await Task.Delay(100);
        }

        log.ToList().ForEach(output.WriteLine);
        Assert.True(service.Wrong.IsEmpty, service.Wrong.FirstOrDefault());
        var pushed = Assert.Single(phone.Got);
        Assert.Equal("follow 1", $"{pushed.Data.GetProperty("kind").GetString()} {pushed.Data.GetProperty("count").GetInt32()}");
        Assert.Equal((string)(await ida.DoAsync("GET notifications"))["items"]![0]!["id"]!, pushed.Data.GetProperty("id").GetString());
        var left = await ida.UntilAsync("GET me/push", push => push["subscriptions"]!.AsArray().Count == 1);
        Assert.Equal(phone.Endpoint, (string)left["subscriptions"]![0]!["endpoint"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await jan.TryAsync($"DELETE me/push/{left["subscriptions"]![0]!["id"]}")).Status);
    }
}
