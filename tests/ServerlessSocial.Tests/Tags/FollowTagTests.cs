using System.Net;
using ServerlessSocial.Tests.Filters;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Tags;

public sealed class FollowTagTests
{
    [Fact]
    public async Task Tags_are_followed_under_their_one_name_and_listed_newest_first()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        foreach (var tag in (string[])["Ocean", "STRASSE", "ocean", "Stra%C3%9Fe", "%E6%97%A5%E6%9C%AC"])
        {
            Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync($"tags/{tag}/follow"));
        }

        Assert.Equal(["日本", "strasse", "ocean"], await NamesAsync(anna));
        Assert.Empty(await NamesAsync(berta));
        Assert.Equal(2, (await anna.ItemsAsync("me/tags?limit=2")).Count);
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync("tags/Strasse/follow"));
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync("tags/Strasse/follow"));
        Assert.Equal(["日本", "ocean"], await NamesAsync(anna));
        Assert.Equal(HttpStatusCode.BadRequest, await anna.PutAsync("tags/two%20words/follow"));
        Assert.Equal(HttpStatusCode.BadRequest, await anna.DeleteAsync("tags/123/follow"));
        Assert.Equal(HttpStatusCode.Unauthorized, await host.Anonymous.DoAsync(HttpMethod.Put, "tags/ocean/follow"));
    }

    [Fact]
    public async Task The_page_of_a_tag_says_whether_one_follows_or_mutes_it()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        Assert.Equal((false, false), await ViewerAsync(anna, "strasse"));
        await anna.PutAsync("tags/STRASSE/follow");
        Assert.Equal((true, false), await ViewerAsync(anna, "strasse"));
        await anna.FilterAsync(new { phrase = "#Straße" });
        await anna.FilterAsync(new { phrase = "ocean" });
        Assert.Equal((true, true), await ViewerAsync(anna, "strasse"));
        Assert.Equal((false, false), await ViewerAsync(anna, "ocean"));
        Assert.False((await host.Anonymous.ReadAsync("tags/strasse")).TryGetProperty("viewer", out _));

        static async Task<(bool Following, bool Muted)> ViewerAsync(TestUser user, string tag)
        {
            var viewer = (await user.Client.ReadAsync($"tags/{tag}")).GetProperty("viewer");
            return (viewer.GetProperty("following").GetBoolean(), viewer.GetProperty("muted").GetBoolean());
        }
    }

    [Fact]
    public async Task Fifty_tags_can_be_followed()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync($"tags/tag{i}/follow"));
        }

        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync("tags/tag7/follow"));
        Assert.Equal(HttpStatusCode.Conflict, await anna.PutAsync("tags/one_more/follow"));
        Assert.Equal(50, (await anna.ItemsAsync("me/tags?limit=100")).Count);
    }

    private static async Task<string[]> NamesAsync(TestUser user) => [.. (await user.ItemsAsync("me/tags")).Select(tag => tag.Text("name"))];
}
