using System.Net;
using System.Text.Json.Nodes;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.Running;
using Xunit.Abstractions;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>Search and what is suggested on what is deployed.</summary>
[Collection(AzureSuites.Name)]
[NeedsAzurite]
[NeedsNode]
public sealed class FindingTests(AzureHostFixture azure, ITestOutputHelper output) : AzureHostTests(azure, output)
{
    [ContractFact]
    public async Task Posts_and_people_are_found_as_long_as_they_want_and_what_is_talked_about_is_suggested()
    {
        var lea = await SignUpAsync("lea_lantern");
        var before = (string)(await lea.DoAsync("POST posts", new { text = "Two old lanterns from the attic, and both still burn" }))["id"]!;
        await lea.UntilAsync($"GET posts/{before}", post => (string)post["moderation"]!["status"]! == "approved");
        Assert.Empty(Posts(await lea.DoAsync("GET search?type=posts&q=lantern")));
        await lea.DoAsync("PATCH me", new { discoverable = true, indexable = true });
        await lea.UntilAsync("GET search?type=posts&q=lantern", found => Posts(found).SequenceEqual([before]));
        await lea.UntilAsync("GET search?type=people&q=lantren", found => found["people"]!.AsArray().Count == 1);

        var talk = (string)(await lea.DoAsync("POST posts", new { text = "The whole harbour is lit by lanterns tonight #lanternfest" }))["id"]!;
        await lea.UntilAsync("GET search?type=posts&q=%22lit%20by%20lantern%22", found => Posts(found).SequenceEqual([talk]));
        for (var i = 0; i < 5; i++)
        {
            var fan = await SignUpAsync($"fan_{i}_of_lea");
            await fan.DoAsync($"PUT posts/{talk}/like");
            await fan.DoAsync("POST posts", new { text = $"Lanterns over the water, seen from window number {i} #lanternfest" });
        }

        var tags = await lea.UntilAsync("GET explore/tags", found => Items(found).Any(tag => (string)tag["name"]! == "lanternfest"));
        Assert.Equal("rising", (string)Items(tags).First(tag => (string)tag["name"]! == "lanternfest")["why"]![0]!["kind"]!);
        await lea.UntilAsync("GET explore/posts", found => Items(found).Any(item => (string)item["post"]!["id"]! == talk));
        var newcomer = await SignUpAsync("new_in_town");
        await newcomer.UntilAsync("GET explore/people", found => Items(found).Any(item => (string)item["profile"]!["handle"]! == "lea_lantern"));

        await lea.DoAsync("PATCH me", new { discoverable = false, indexable = false });
        Assert.Empty(Posts(await newcomer.DoAsync("GET search?type=posts&q=lantern")));
        Assert.DoesNotContain(Items(await newcomer.DoAsync("GET explore/people")), item => (string)item["profile"]!["handle"]! == "lea_lantern");
        Assert.Equal(HttpStatusCode.BadRequest, (await newcomer.TryAsync("GET search")).Status);
    }

    private static IEnumerable<string> Posts(JsonNode found) => found["posts"]!.AsArray().Select(item => (string)item!["post"]!["id"]!);
}
