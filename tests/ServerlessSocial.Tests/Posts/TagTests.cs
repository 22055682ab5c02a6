using System.Net;

namespace ServerlessSocial.Tests.Posts;

public sealed class TagTests
{
    [Theory]
    [InlineData("Wir gehen heute zum See #Straßenfest", "strassenfest", "Straßenfeste")]
    [InlineData("Im #STRASSENCAFÉ", "strassencafé", "straßencafe")]
    [InlineData("صباح الخير #السلام_عليكم", "السلام_عليكم", "مرحبا")]
    [InlineData("今日は #桜 がきれい", "桜", "梅")]
    [InlineData("カタカナ ＃ｶﾀｶﾅ です", "カタカナ", "ひらがな")]
    [InlineData("A good day #👩‍🚀", "👩‍🚀", "👩")]
    public async Task Tags_of_every_script_lead_to_their_posts(string text, string tag, string other)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var post = await anna.PostAsync(text);
        await host.SettleAsync();

        Assert.Equal([tag], post.Texts("tags"));
        Assert.Equal([post.Id()], await host.Anonymous.ListAsync($"tags/{Uri.EscapeDataString(tag)}"));
        Assert.Equal([post.Id()], await host.Anonymous.ListAsync($"tags/{Uri.EscapeDataString('#' + tag.ToUpperInvariant())}"));
        Assert.Empty(await host.Anonymous.ListAsync($"tags/{Uri.EscapeDataString(other)}"));
    }

    [Fact]
    public async Task A_tag_lists_the_newest_first_in_pages()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await anna.PostAsync($"Day {i} #walk")).Id());
        }

        await host.SettleAsync();

        Assert.Equal(ids, await host.Anonymous.ListAsync("tags/walk", limit: 2));
        Assert.Equal(ids, await host.Anonymous.ListAsync("tags/WALK", limit: 5));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("a-b")]
    [InlineData("123")]
    [InlineData("#")]
    public async Task What_cannot_be_a_tag_is_refused(string tag)
    {
        await using var host = await TestHost.StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await host.Anonymous.StatusAsync($"tags/{Uri.EscapeDataString(tag)}"));
    }
}
