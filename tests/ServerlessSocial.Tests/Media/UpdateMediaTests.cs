using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Media;

public sealed class UpdateMediaTests
{
    [Fact]
    public async Task An_owner_describes_a_picture_at_any_length_that_is_allowed()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await anna.UploadedAsync(SampleImages.Png);

        // Families of four and letters with a vowel sign: more than any header holds, and of more than 6,000 UTF-16 units too much.
        var longest = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦कि", 300)) + string.Concat(Enumerable.Repeat("कि", 900));
        Assert.Equal(HttpStatusCode.BadRequest, (await DescribeAsync(anna, id, string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 600)))).StatusCode);
        using var described = await DescribeAsync(anna, id, longest);
        using var emptied = await DescribeAsync(anna, id, "");

        Assert.Equal(HttpStatusCode.OK, described.StatusCode);
        Assert.Equal(longest, (await described.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("alt").GetString());
        Assert.False((await emptied.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("alt", out _));
    }

    [Fact]
    public async Task Others_cannot_and_bad_descriptions_change_nothing()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var berta = await host.SignUpAsync("berta");
        var id = await anna.UploadedAsync(SampleImages.Png);
        await DescribeAsync(anna, id, "A lake");

        Assert.Equal(HttpStatusCode.NotFound, (await DescribeAsync(berta, id, "Mine")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await DescribeAsync(anna, "nothing", "A lake")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await DescribeAsync(anna, id, new string('a', 1_501))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await DescribeAsync(anna, id, null)).StatusCode);
        Assert.Equal("A lake", (await host.StoredMediaAsync(id))!.Alt);
    }

    [Fact]
    public async Task What_was_moderated_with_a_post_stays_as_it_was()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await anna.UploadedAsync(SampleImages.Png);
        await DescribeAsync(anna, id, "A lake");
        var post = await anna.PostAsync(new { text = "Look", media = new[] { new { id } } });

        using var late = await DescribeAsync(anna, id, "Something else");

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal("media-in-post", await late.ProblemAsync());
        Assert.Equal("A lake", post.GetProperty("media")[0].GetProperty("alt").GetString());
        Assert.Equal("A lake", (await host.StoredMediaAsync(id))!.Alt);
    }

    private static Task<HttpResponseMessage> DescribeAsync(TestUser user, string id, string? alt) =>
        user.Client.PatchAsJsonAsync($"media/{id}", new { alt });
}
