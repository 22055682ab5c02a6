using ServerlessSocial.Tests.Discovery;
using ServerlessSocial.Tests.Graph;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Search;

public sealed class PeopleSearchTests
{
    [Fact]
    public async Task People_are_found_by_beginnings_and_with_a_letter_wrong()
    {
        await using var host = await TestHost.StartAsync();
        foreach (var handle in (string[])["maria_berg", "marianne", "otto", "mario_k"])
        {
            await host.FindableAsync(await host.SignUpAsync(handle), discoverable: true);
        }

        Assert.Equal(["maria_berg", "marianne", "mario_k"], (await host.Anonymous.PeopleAsync("mari")).Order());
        Assert.Equal("maria_berg", (await host.Anonymous.PeopleAsync("maria"))[0]);
        Assert.Equal(["maria_berg"], await host.Anonymous.PeopleAsync("berg mar"));
        Assert.Equal(["maria_berg"], await host.Anonymous.PeopleAsync("@MARIA_BERG"));
        Assert.Contains("maria_berg", await host.Anonymous.PeopleAsync("maira"));
        Assert.Contains("marianne", await host.Anonymous.PeopleAsync("marianme"));
        Assert.Contains("otto", await host.Anonymous.PeopleAsync("oto"));
        Assert.Empty(await host.Anonymous.PeopleAsync("zacharias"));
    }

    [Fact]
    public async Task Who_does_not_want_to_be_found_is_found_by_the_whole_handle_alone()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        Assert.Equal(["anna"], await berta.Client.PeopleAsync("anna"));
        Assert.Empty(await berta.Client.PeopleAsync("ann"));
        await host.FindableAsync(anna, discoverable: true);
        Assert.Equal(["anna"], await berta.Client.PeopleAsync("ann"));
        await anna.PutAsync("block", berta);
        Assert.Empty(await berta.Client.PeopleAsync("ann"));
        Assert.Empty(await berta.Client.PeopleAsync("anna"));
        await host.FindableAsync(anna, discoverable: false);
        Assert.Empty(await host.Anonymous.PeopleAsync("ann"));
    }

    [Fact]
    public async Task Tags_are_found_by_beginnings_while_something_stands_under_them()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        await anna.PostAsync("#ocean #oceans #Straße #日本語");
        var gone = (await anna.PostAsync("#oceanic")).Text("id");
        await host.SettleAsync();
        await anna.DeleteAsync($"posts/{gone}");
        await host.SettleAsync();
        Assert.Equal(["ocean", "oceans"], await host.Anonymous.TagsAsync("OCE"));
        Assert.Equal(["strasse"], await host.Anonymous.TagsAsync("#stra"));
        Assert.Equal(["日本語"], await host.Anonymous.TagsAsync("日本"));
        Assert.Empty(await host.Anonymous.TagsAsync("sea"));
    }

    [Fact]
    public async Task A_tag_that_only_a_suspended_account_used_is_not_told()
    {
        await using var host = await TestHost.StartAsync(["Trends:LeastPeople=1"]);
        var (anna, moderator) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mod_mia", "moderator"));
        await anna.PostAsync("Nobody else says #whisper");
        await host.SettleAsync();
        Assert.Equal(["whisper"], await host.Anonymous.TagsAsync("whis"));
        await moderator.SendAsync("moderation/accounts/anna/sanctions", new { kind = "suspend", clause = "harassment", reason = "Enough." });
        await host.FindTrendsAsync();
        Assert.Empty(await host.Anonymous.TagsAsync("whis"));
        Assert.Empty((await host.Anonymous.ReadAsync("explore/tags")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Posts_that_one_does_not_see_do_not_hide_a_tag()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, loud, reader, moderator) = (await host.SignUpAsync("anna"), await host.SignUpAsync("loud"), await host.SignUpAsync("reader"), await host.SignUpAsync("mod_mia", "moderator"));
        await anna.PostAsync("A walk along the #lakeside");
        await host.SettleAsync();
        for (var i = 0; i < 6; i++)
        {
            await loud.PostAsync($"Listen, {i} #lakeside");
            await host.SettleAsync();
        }

        await reader.PutAsync("profiles/loud/mute");
        Assert.Equal(["lakeside"], await reader.Client.TagsAsync("lake"));
        await moderator.SendAsync("moderation/accounts/loud/sanctions", new { kind = "suspend", clause = "spam", reason = "Enough." });
        Assert.Equal(["lakeside"], await host.Anonymous.TagsAsync("lake"));
    }
}
