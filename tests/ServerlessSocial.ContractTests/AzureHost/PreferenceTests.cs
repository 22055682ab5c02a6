using System.Net;
using System.Text.Json.Nodes;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.Running;
using Xunit.Abstractions;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>Lists, followed tags, filters and muted threads on what is deployed.</summary>
[Collection(AzureSuites.Name)]
[NeedsAzurite]
[NeedsNode]
public sealed class PreferenceTests(AzureHostFixture azure, ITestOutputHelper output) : AzureHostTests(azure, output)
{
    [ContractFact]
    public async Task A_list_and_a_followed_tag_bring_posts_a_filter_hides_them_and_a_muted_thread_is_quiet()
    {
        var (ida, jan, kim) = (await SignUpAsync("ida"), await SignUpAsync("jan"), await SignUpAsync("kim"));
        var list = (string)(await ida.DoAsync("POST lists", new { name = "Sailors" }))["id"]!;
        await ida.DoAsync($"PUT lists/{list}/members/jan");
        await ida.DoAsync("PUT tags/regatta/follow");
        var listed = (string)(await jan.DoAsync("POST posts", new { text = "Wind from the west" }))["id"]!;
        var tagged = (string)(await kim.DoAsync("POST posts", new { text = "On to the #Regatta" }))["id"]!;

        await ida.UntilAsync($"GET lists/{list}/feed", feed => Items(feed).Any(post => (string)post["id"]! == listed));
        var why = (await ida.UntilAsync("GET feed", feed => Items(feed).Any(item => (string)item["post"]!["id"]! == tagged)))["items"]![0]!["why"]![0]!;
        Assert.Equal(("tag", "regatta"), ((string)why["reason"]!, (string)why["tag"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await jan.TryAsync($"GET lists/{list}")).Status);

        await ida.DoAsync("POST me/filters", new { phrase = "#regatta", action = "hide" });
        await ida.DoAsync("POST me/filters", new { phrase = "WIND" });
        Assert.Empty(Items(await ida.DoAsync("GET feed")));
        Assert.Equal("WIND", (string)(await ida.DoAsync($"GET lists/{list}/feed"))["items"]![0]!["filtered"]![0]!["phrase"]!);

        var own = (string)(await ida.DoAsync("POST posts", new { text = "Who comes along?" }))["id"]!;
        await kim.UntilAsync($"GET posts/{own}", _ => true);
        await ida.DoAsync($"PUT posts/{own}/mute");
        await kim.DoAsync("POST posts", new { text = "I do", replyTo = own });
        await ida.UntilAsync($"GET posts/{own}", post => (long)post["replies"]! == 1);
        await jan.DoAsync("PUT profiles/ida/follow");
        var told = await ida.UntilAsync("GET notifications", notes => Items(notes).Any());
        Assert.Equal(["follow"], Items(told).Select(note => (string)note["kind"]!));
    }
}
