using System.Net;
using System.Net.Http.Headers;
using ServerlessSocial.Graph;
using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Media;

public sealed class GetMediaTests
{
    [Fact]
    public async Task Before_anything_shows_it_a_picture_is_its_owners_alone()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var berta = await host.SignUpAsync("berta");
        var moderator = await host.SignUpAsync("mod", "moderator");
        var path = $"media/{await anna.UploadedAsync(SampleImages.Png)}";

        using var own = await anna.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.True(own.Headers.CacheControl is { Private: true, Public: false });
        Assert.Equal(404, await moderator.Client.StatusOfAsync(path));
        Assert.Equal(404, await berta.Client.StatusOfAsync(path));
        Assert.Equal(404, await host.Anonymous.StatusOfAsync(path));
        Assert.Equal(404, await anna.Client.StatusOfAsync("media/nothing"));
        Assert.Equal(404, await anna.Client.StatusOfAsync($"media/{OwnedIds.Make(Ids.New(DateTimeOffset.UtcNow), anna.Id)}"));
    }

    [Fact]
    public async Task In_a_public_post_anyone_sees_it_and_may_cache_it()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await anna.UploadedAsync(SampleImages.Png);
        await host.PostedAsync(id);

        using var response = await host.Anonymous.GetAsync($"media/{id}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(MediaContent.PublicCaching, response.Headers.GetValues("Cache-Control").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("inline", response.Content.Headers.ContentDisposition?.DispositionType);
    }

    [Fact]
    public async Task In_a_followers_only_post_followers_see_it_and_others_do_not()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var follower = await host.SignUpAsync("follower");
        var stranger = await host.SignUpAsync("stranger");
        var path = $"media/{await anna.UploadedAsync(SampleImages.Png)}";
        await host.PostedAsync(path[6..], PostVisibility.Followers);
        await RelateAsync(host, follower, anna, relation => relation with { Following = true, SettledFollowing = true });

        using var seen = await follower.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
        Assert.True(seen.Headers.CacheControl is { Private: true, Public: false });
        Assert.Equal(404, await stranger.Client.StatusOfAsync(path));
        Assert.Equal(404, await host.Anonymous.StatusOfAsync(path));
    }

    [Theory]
    [InlineData(ModerationStatus.Held)]
    [InlineData(ModerationStatus.Removed)]
    public async Task In_a_post_that_is_hidden_only_its_owner_and_the_moderator_of_its_case_see_it(ModerationStatus status)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var moderator = await host.SignUpAsync("mod", "moderator");
        var path = $"media/{await anna.UploadedAsync(SampleImages.Png)}";
        var post = await host.PostedAsync(path[6..], status: status);

        // At rest: nothing is left to hide.
        await host.Documents().UpdateAsync<PostDocument>(post.AuthorId, post.Id, found => found with { Shown = Showing.Nowhere }, default);

        Assert.Equal(404, await host.Anonymous.StatusOfAsync(path));
        Assert.Equal(200, await anna.Client.StatusOfAsync(path));
        Assert.Equal(404, await moderator.Client.StatusOfAsync(path));
        if (status is ModerationStatus.Held)
        {
            await host.SettleAsync();
            await moderator.ClaimAsync($"post.{post.Id}");
            Assert.Equal(200, await moderator.Client.StatusOfAsync(path));
        }
    }

    [Fact]
    public async Task An_avatar_is_for_everyone_but_where_a_block_stands()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var blocked = await host.SignUpAsync("blocked");
        var path = $"media/{await anna.UploadedAsync(SampleImages.Png)}";
        await host.Documents().UpdateAsync<ProfileDocument>(anna.Id, anna.Id, profile => profile with { AvatarMediaId = path[6..] }, default);
        await RelateAsync(host, blocked, anna, relation => relation with { BlockedBy = true });
        await host.SettleAsync();

        Assert.Equal(200, await host.Anonymous.StatusOfAsync(path));
        Assert.Equal(404, await blocked.Client.StatusOfAsync(path));
    }

    [Fact]
    public async Task Ranges_and_conditions_are_honoured()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var path = $"media/{await anna.UploadedAsync(SampleImages.Png)}";
        using var whole = await anna.Client.GetAsync(path);
        var tag = whole.Headers.ETag!;
        var bytes = await whole.Content.ReadAsByteArrayAsync();

        using var middle = await SendAsync(anna, path, request => request.Headers.Range = new RangeHeaderValue(8, 15));
        using var beyond = await SendAsync(anna, path, request => request.Headers.Range = new RangeHeaderValue(100_000, null));
        using var sameVersion = await SendAsync(anna, path, request =>
        {
            request.Headers.Range = new RangeHeaderValue(null, 4);
            request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        });
        using var otherVersion = await SendAsync(anna, path, request =>
        {
            request.Headers.Range = new RangeHeaderValue(null, 4);
            request.Headers.IfRange = new RangeConditionHeaderValue("\"other\"");
        });
        using var known = await SendAsync(anna, path, request => request.Headers.IfNoneMatch.Add(tag));
        using var head = await SendAsync(anna, path, request => request.Method = HttpMethod.Head);

        Assert.Equal(HttpStatusCode.PartialContent, middle.StatusCode);
        Assert.Equal(bytes[8..16], await middle.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal(bytes[^4..], await sameVersion.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, otherVersion.StatusCode);
        Assert.Equal(bytes, await otherVersion.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Thumbnails_are_for_those_who_may_see_the_picture_and_no_larger_than_their_name()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var berta = await host.SignUpAsync("berta");
        var id = await anna.UploadedAsync(Drawn.Jpeg(1000, 500));

        using var own = await anna.Client.GetAsync($"media/{id}/640");
        Assert.Equal(404, await berta.Client.StatusOfAsync($"media/{id}/640"));
        await host.PostedAsync(id);
        using var small = await host.Anonymous.GetAsync($"media/{id}/320");
        using var known = await SendAsync(anna, $"media/{id}/320", request => request.Headers.IfNoneMatch.Add(small.Headers.ETag!));

        Assert.True(own.Headers.CacheControl is { Private: true, Public: false });
        Assert.Equal("image/webp", own.Content.Headers.ContentType?.MediaType);
        Assert.Equal((640, 320), Drawn.SizeOf(await own.Content.ReadAsByteArrayAsync()));
        Assert.Equal((320, 160), Drawn.SizeOf(await small.Content.ReadAsByteArrayAsync()));
        Assert.Equal(MediaContent.PublicCaching, small.Headers.GetValues("Cache-Control").Single());
        Assert.NotEqual(own.Headers.ETag, small.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Equal(404, await anna.Client.StatusOfAsync($"media/{id}/321"));
        Assert.Equal(404, await anna.Client.StatusOfAsync($"media/{id}/0640"));
    }

    [Fact]
    public async Task A_picture_from_before_there_were_thumbnails_comes_whole()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await anna.UploadedAsync(Drawn.Jpeg(1000, 500));
        await host.Documents().UpdateAsync<MediaDocument>(anna.Id, id, media => media with { Thumbnails = [], Blurhash = null }, default);

        using var response = await anna.Client.GetAsync($"media/{id}/320");

        Assert.Equal("image/jpeg", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((1000, 500), Drawn.SizeOf(await response.Content.ReadAsByteArrayAsync()));
    }

    private static async Task<HttpResponseMessage> SendAsync(TestUser user, string path, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        change(request);
        return await user.Client.SendAsync(request);
    }

    private static async Task RelateAsync(TestHost host, TestUser from, TestUser to, Func<RelationDocument, RelationDocument> change)
    {
        var relation = new RelationDocument { Id = to.Id, OwnerId = from.Id, WorkSince = DateTimeOffset.UtcNow };
        Assert.True((await host.Documents().CreateAsync(change(relation), default)).IsDone);
    }
}
