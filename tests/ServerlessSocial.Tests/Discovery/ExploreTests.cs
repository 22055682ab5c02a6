using System.Net;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Discovery;
using ServerlessSocial.Tests.Filters;
using ServerlessSocial.Tests.Graph;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;
using ServerlessSocial.Tests.Search;

namespace ServerlessSocial.Tests.Discovery;

public sealed class ExploreTests
{
    [Fact]
    public async Task What_is_talked_about_is_found_with_why_and_kept_out_by_moderators_and_mutes()
    {
        await using var host = await TestHost.StartAsync(settings: ["Trends:LeastPeople=2", "Trends:LeastReactions=2"]);
        var (anna, berta, carl, moderator) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"), await host.SignUpAsync("carl"), await host.SignUpAsync("mod_mia", "moderator"));
        await host.FindableAsync(anna, discoverable: true, indexable: true);
        var talk = (await anna.PostAsync("The whole street is out to look at the northern lights tonight #aurora")).Text("id");
        await berta.PostAsync("I have never seen the northern lights before, and what a night for it #aurora");
        var bertas = (await berta.PostAsync("Nobody else speaks of this #solitude")).Text("id");
        await host.SettleAsync();
        foreach (var fan in (TestUser[])[berta, carl, moderator])
        {
            await fan.PutAsync($"posts/{talk}/like");
            await fan.PutAsync($"posts/{bertas}/like");
        }

        await host.SettleAsync();
        await host.FindTrendsAsync();
        Assert.Equal("""[{"name":"aurora","why":[{"kind":"rising","count":2,"before":0}]}]""", JsonSerializer.Serialize((await carl.Client.ReadAsync("explore/tags")).GetProperty("items")));
        var post = Assert.Single(await carl.ItemsAsync("explore/posts"));
        Assert.Equal(talk, post.GetProperty("post").Text("id"));
        Assert.Equal("""[{"kind":"reactions","count":3}]""", JsonSerializer.Serialize(post.GetProperty("why")));

        await carl.FilterAsync(new { phrase = "#aurora" });
        Assert.Empty(await carl.ItemsAsync("explore/tags"));
        Assert.Single((await host.Anonymous.ReadAsync("explore/tags")).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.Forbidden, await carl.PutAsync("moderation/tags/aurora"));
        Assert.Equal(HttpStatusCode.NoContent, await moderator.PutAsync("moderation/tags/AURORA"));
        Assert.Equal(["aurora"], (await moderator.ItemsAsync("moderation/tags")).Select(tag => tag.Text("name")));
        Assert.Empty((await host.Anonymous.ReadAsync("explore/tags")).GetProperty("items").EnumerateArray());
        Assert.Empty((await host.Anonymous.ReadAsync("explore/posts")).GetProperty("items").EnumerateArray());
        Assert.Empty(await host.Anonymous.TagsAsync("auro"));
        Assert.Equal(HttpStatusCode.NoContent, await moderator.DeleteAsync("moderation/tags/aurora"));
        Assert.Single((await host.Anonymous.ReadAsync("explore/posts")).GetProperty("items").EnumerateArray());

        await host.FindableAsync(anna, discoverable: false);
        Assert.Empty((await host.Anonymous.ReadAsync("explore/posts")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Languages_have_trends_of_their_own()
    {
        await using var host = await TestHost.StartAsync(settings: ["Trends:LeastPeople=1"]);
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        foreach (var user in (TestUser[])[anna, berta])
        {
            for (var i = 0; i < 4; i++)
            {
                await user.PostAsync(new { text = $"Heute Abend, zum {i}. Mal, die Lichter über der Stadt, und alle schauen hinauf #himmel", language = "de" });
                await user.PostAsync(new { text = $"Tonight, for the {i}th time, the lights above the town, and all look up #sky", language = "en" });
            }
        }

        await host.SettleAsync();
        await host.FindTrendsAsync();
        Assert.Equal(["himmel"], await TagsAsync("explore/tags?lang=de", null));
        Assert.Equal(["sky"], await TagsAsync("explore/tags?lang=en-GB", null));
        Assert.Empty(await TagsAsync("explore/tags?lang=fr", null));
        Assert.Equal(["himmel"], await TagsAsync("explore/tags", "de-AT, en;q=0.5"));
        Assert.Equal(["sky"], await TagsAsync("explore/tags", "fr, en;q=0.5"));
        Assert.Equal(["himmel", "sky"], (await TagsAsync("explore/tags", null)).Order());
        Assert.Equal(HttpStatusCode.BadRequest, await host.Anonymous.DoAsync(HttpMethod.Get, "explore/tags?lang=german"));
        Assert.Equal(HttpStatusCode.BadRequest, await host.Anonymous.DoAsync(HttpMethod.Get, "explore/people?cursor=x"));

        async Task<string[]> TagsAsync(string path, string? languages)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept-Language", languages);
            using var response = await host.Anonymous.SendAsync(request);
            Assert.Contains("Accept-Language", response.Headers.Vary);
            return [.. JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("items").EnumerateArray().Select(tag => tag.Text("name"))];
        }
    }

    [Fact]
    public async Task People_to_follow_are_found_in_one_call_each_with_why()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta, carl, dora, emil, fritz) = (
            await host.SignUpAsync("anna"), await host.SignUpAsync("berta"), await host.SignUpAsync("carl"), await host.SignUpAsync("dora"), await host.SignUpAsync("emil"), await host.SignUpAsync("fritz"));
        foreach (var user in (TestUser[])[berta, carl, dora, emil])
        {
            await host.FindableAsync(user, discoverable: true);
        }

        await anna.PatchAsync("me", new { interests = new[] { "Gardens" } }, "*");
        await dora.PatchAsync("me", new { interests = new[] { "garden", "chess" } }, "*");
        await anna.PutAsync("follow", berta);
        await berta.PutAsync("follow", carl);
        await berta.PutAsync("follow", fritz);
        await host.SettleAsync();
        Assert.Equal(
            """[["carl",[{"kind":"followedBy","count":1,"values":["berta"]},{"kind":"new"}]],["dora",[{"kind":"interests","values":["garden"]},{"kind":"new"}]],["emil",[{"kind":"new"}]]]""",
            JsonSerializer.Serialize((await anna.ItemsAsync("explore/people")).Select(person => new object[] { person.GetProperty("profile").Text("handle"), person.GetProperty("why") })));
        await emil.PutAsync("block", anna);
        await anna.PutAsync("mute", dora);
        Assert.Equal(["carl"], (await anna.ItemsAsync("explore/people")).Select(person => person.GetProperty("profile").Text("handle")));
        var first = await host.Anonymous.ReadAsync("explore/people?limit=3");
        var rest = await host.Anonymous.ReadAsync($"explore/people?limit=3&cursor={first.Text("next")}");
        Assert.Equal((3, 1), (first.GetProperty("items").GetArrayLength(), rest.GetProperty("items").GetArrayLength()));
        Assert.False(rest.TryGetProperty("next", out _));

        // Whom one mutes, and who is suspended, recommends nobody.
        var mona = await host.SignUpAsync("mona", "moderator");
        var gina = await host.SignUpAsync("gina");
        await anna.PutAsync("follow", gina);
        await gina.PutAsync("follow", carl);
        await anna.PutAsync("mute", gina);
        await mona.SendAsync("moderation/accounts/berta/sanctions", new { kind = "suspend", clause = "spam", reason = "Enough." });
        await host.SettleAsync();
        var carls = (await anna.ItemsAsync("explore/people")).Single(person => person.GetProperty("profile").Text("handle") == "carl");
        Assert.Equal("""[{"kind":"new"}]""", carls.GetProperty("why").GetRawText());
    }
}

internal static class TrendCalls
{
    /// <summary>Finds what is talked about now, as the timer does.</summary>
    public static Task FindTrendsAsync(this TestHost host) =>
        ActivatorUtilities.CreateInstance<FindTrends>(host.Services).RunAsync(new TimerInfo(), CancellationToken.None);
}
