using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessSocial.Tests.Graph;

public sealed class FeedEffectTests
{
    [Fact]
    public async Task Following_muting_and_blocking_show_in_the_feed()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        using var posted = await berta.Client.PostAsJsonAsync("posts", new { text = "A walk by the river" });
        posted.EnsureSuccessStatusCode();
        Assert.Equal(0, await FeedLengthAsync(anna));

        Assert.Equal(1, await AfterAsync(() => anna.PutAsync("follow", berta)));
        Assert.Equal(0, await AfterAsync(() => anna.PutAsync("mute", berta)));
        Assert.Equal(1, await AfterAsync(() => anna.DeleteAsync("mute", berta)));
        Assert.Equal(0, await AfterAsync(() => anna.DeleteAsync("follow", berta)));
        Assert.Equal(1, await AfterAsync(() => anna.PutAsync("follow", berta)));
        Assert.Equal(0, await AfterAsync(() => berta.PutAsync("block", anna)));
        Assert.Equal(0, await AfterAsync(() => berta.DeleteAsync("block", anna)));
        Assert.Equal(1, await AfterAsync(() => anna.PutAsync("follow", berta)));

        async Task<int> AfterAsync(Func<Task> change)
        {
            await change();
            await host.SettleAsync();
            return await FeedLengthAsync(anna);
        }
    }

    [Fact]
    public async Task A_follow_of_somebody_muted_brings_nothing_until_they_are_not_muted_any_more()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        using var posted = await berta.Client.PostAsJsonAsync("posts", new { text = "A walk by the river" });
        await FeedLengthAsync(anna);
        await anna.PutAsync("mute", berta);
        await anna.PutAsync("follow", berta);
        await host.SettleAsync();
        var muted = await FeedLengthAsync(anna);

        await anna.DeleteAsync("mute", berta);
        await host.SettleAsync();

        Assert.Equal(0, muted);
        Assert.Equal(1, await FeedLengthAsync(anna));
    }

    private static async Task<int> FeedLengthAsync(TestUser reader) =>
        (await reader.Client.GetFromJsonAsync<JsonElement>("feed?mode=following")).GetProperty("items").GetArrayLength();
}
