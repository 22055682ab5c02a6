using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Graph;

public sealed class PersonalListTests
{
    [Fact]
    public async Task Blocks_and_mutes_are_listed_in_the_order_of_the_act_the_newest_first_and_page_by_page()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var others = new List<TestUser>();
        foreach (var handle in (string[])["zoe", "carl", "mia", "ben", "ole"])
        {
            others.Add(await host.SignUpAsync(handle));
            await anna.PutAsync("block", others[^1]);
            await anna.PutAsync("mute", others[^1]);
        }

        await host.SettleAsync();
        await anna.DeleteAsync("block", others[1]);
        await anna.DeleteAsync("mute", others[1]);

        // At once, and still when it has been settled.
        Assert.Equal(["ole", "ben", "mia", "zoe"], await anna.Client.ListAsync("me/blocks", 2));
        await host.SettleAsync();
        await anna.PutAsync("block", others[1]);
        await anna.PutAsync("block", others[0]);
        await host.SettleAsync();

        Assert.Equal(["carl", "ole", "ben", "mia", "zoe"], await anna.Client.ListAsync("me/blocks", 2));
        Assert.Empty(await others[0].Client.ListAsync("me/blocks", 20));
        Assert.Equal(HttpStatusCode.Unauthorized, await GraphWorld.StatusAsync(host.Anonymous, "me/blocks"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GraphWorld.StatusAsync(host.Anonymous, "me/mutes"));
        var blocked = (await anna.ItemsAsync("me/blocks"))[0];
        Assert.Equal("carl of the tests", blocked.Text("displayName"));
        Assert.True(blocked.Viewer("blocking"));
    }

    [Fact]
    public async Task Ones_lists_hold_also_those_who_block_one_and_both_can_be_lifted()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        await anna.PutAsync("mute", berta);
        await anna.PutAsync("block", berta);
        await berta.PutAsync("block", anna);
        await host.SettleAsync();

        Assert.Equal(["berta"], await anna.Client.ListAsync("me/blocks", 20));
        Assert.Equal(["berta"], await anna.Client.ListAsync("me/mutes", 20));
        Assert.Equal(0, (await anna.ItemsAsync("me/blocks"))[0].Count("followers"));
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync("block", berta));
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync("mute", berta));
        Assert.Empty(await anna.Client.ListAsync("me/blocks", 20));
        Assert.Empty(await anna.Client.ListAsync("me/mutes", 20));
    }

    [Fact]
    public async Task A_mute_that_ends_by_itself_says_when_and_lets_posts_come_back()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        await anna.ItemsAsync("feed");
        await anna.PutAsync("follow", berta);
        var post = await host.PostAsync(berta, "Good morning");
        var later = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddDays(3).ToUnixTimeMilliseconds());
        Assert.Equal(HttpStatusCode.NoContent, await MuteAsync(anna, berta, later));
        await host.SettleAsync();
        Assert.Equal(later, (await anna.SeeAsync(berta)).GetProperty("viewer").GetProperty("mutedUntil").GetDateTimeOffset());
        Assert.Equal(later, (await anna.ItemsAsync("me/mutes"))[0].GetProperty("viewer").GetProperty("mutedUntil").GetDateTimeOffset());
        Assert.Empty(await anna.ItemsAsync("feed"));

        // The newest word holds.
        Assert.Equal(HttpStatusCode.NoContent, await MuteAsync(anna, berta, DateTimeOffset.UtcNow.AddSeconds(1)));
        await Eventually.HoldsAsync(async () => !(await anna.SeeAsync(berta)).Viewer("muting"));
        await host.SettleAsync();
        Assert.False((await anna.SeeAsync(berta)).Viewer("muting"));
        Assert.False((await anna.SeeAsync(berta)).GetProperty("viewer").TryGetProperty("mutedUntil", out _));
        Assert.Empty(await anna.Client.ListAsync("me/mutes", 20));
        Assert.Equal([post], (await anna.ItemsAsync("feed")).Select(item => item.GetProperty("post").Id()));
    }

    [Fact]
    public async Task A_mute_that_was_made_lasting_or_longer_does_not_end_at_the_earlier_time()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta, clara) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"), await host.SignUpAsync("clara"));
        foreach (var other in (TestUser[])[berta, clara])
        {
            await MuteAsync(anna, other, DateTimeOffset.UtcNow.AddSeconds(1));
        }

        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync("mute", berta));
        await Eventually.HoldsAsync(async () => !(await anna.SeeAsync(clara)).Viewer("muting"));
        await host.SettleAsync();
        Assert.False((await anna.SeeAsync(clara)).Viewer("muting"));
        Assert.True((await anna.SeeAsync(berta)).Viewer("muting"));
    }

    [Theory]
    [InlineData("2020-01-01T00:00:00Z")]
    [InlineData("2999-01-01T00:00:00Z")]
    [InlineData("tomorrow")]
    public async Task A_mute_ends_in_the_future_and_within_a_year(string expiresAt)
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));

        using var response = await anna.Client.PutAsJsonAsync("profiles/berta/mute", new { expiresAt });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False((await anna.SeeAsync(berta)).Viewer("muting"));
    }

    private static async Task<HttpStatusCode> MuteAsync(TestUser user, TestUser other, DateTimeOffset expiresAt)
    {
        using var response = await user.Client.PutAsJsonAsync($"profiles/{other.Handle}/mute", new { expiresAt });
        return response.StatusCode;
    }
}
