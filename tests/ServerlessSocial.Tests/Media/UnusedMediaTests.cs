using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessSocial.Media;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;
using ServerlessSocial.Tests.Media.Formats;

namespace ServerlessSocial.Tests.Media;

public sealed class UnusedMediaTests
{
    [Fact]
    public async Task An_upload_that_nothing_shows_goes_after_a_day_with_its_bytes()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await anna.UploadedAsync(Drawn.Jpeg(1000, 500));
        var blob = (await host.StoredMediaAsync(id))!.BlobName;

        await SweepAsync(host, TimeSpan.FromHours(23));
        Assert.Equal(200, await anna.Client.StatusOfAsync($"media/{id}"));

        await SweepAsync(host, TimeSpan.FromHours(25));
        Assert.Equal(404, await anna.Client.StatusOfAsync($"media/{id}"));
        Assert.True(await HasBlobAsync(host, blob));

        await SweepAsync(host, TimeSpan.FromHours(27));
        Assert.Null(await host.StoredMediaAsync(id));
        Assert.False(await HasBlobAsync(host, blob));
        Assert.False(await IsWatchedAsync(host, id));
    }

    [Fact]
    public async Task Pictures_in_posts_and_avatars_stay()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var posted = await anna.UploadedAsync(SampleImages.Png);
        var avatar = await anna.UploadedAsync(SampleImages.Jpeg);
        await host.PostedAsync(posted);
        await host.Documents().UpdateAsync<ProfileDocument>(anna.Id, anna.Id, profile => profile with { AvatarMediaId = avatar }, default);

        await SweepAsync(host, TimeSpan.FromHours(25));
        await SweepAsync(host, TimeSpan.FromHours(27));

        Assert.Equal(200, await host.Anonymous.StatusOfAsync($"media/{posted}"));
        Assert.Equal(200, await host.Anonymous.StatusOfAsync($"media/{avatar}"));
        Assert.False(await IsWatchedAsync(host, posted));
        Assert.True(await IsWatchedAsync(host, avatar));
    }

    [Fact]
    public async Task A_picture_is_in_one_draft_and_stays_as_long_as_that_does()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var picture = await anna.UploadedAsync(SampleImages.Png);
        using var begun = await anna.Client.PostAsJsonAsync("drafts", new { media = new[] { new { id = picture } } });
        using var twice = await anna.Client.PostAsJsonAsync("drafts", new { media = new[] { new { id = picture } } });
        using var used = await anna.Client.DeleteAsync($"media/{picture}");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.BadRequest, HttpStatusCode.Conflict), (begun.StatusCode, twice.StatusCode, used.StatusCode));

        await SweepAsync(host, TimeSpan.FromDays(2));
        await SweepAsync(host, TimeSpan.FromDays(40));
        Assert.Equal(200, await anna.Client.StatusOfAsync($"media/{picture}"));

        using var deleted = await anna.Client.DeleteAsync(begun.Headers.Location!.OriginalString["/api/".Length..]);
        await SweepAsync(host, TimeSpan.FromDays(42));
        await SweepAsync(host, TimeSpan.FromDays(43));
        Assert.Null(await host.StoredMediaAsync(picture));
    }

    [Fact]
    public async Task A_picture_put_to_use_while_it_was_given_up_stays()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await anna.UploadedAsync(SampleImages.Png);

        await SweepAsync(host, TimeSpan.FromHours(25));
        await host.Documents().UpdateAsync<ProfileDocument>(anna.Id, anna.Id, profile => profile with { AvatarMediaId = id }, default);
        await SweepAsync(host, TimeSpan.FromHours(27));
        await host.SettleAsync();

        Assert.Equal(200, await host.Anonymous.StatusOfAsync($"media/{id}"));
    }

    [Fact]
    public async Task The_pictures_of_a_deleted_post_go()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await anna.UploadedAsync(Drawn.Jpeg(1000, 500));
        var blob = (await host.StoredMediaAsync(id))!.BlobName;
        Assert.True(await HasBlobAsync(host, blob));
        using var created = await anna.Client.PostAsJsonAsync("posts", new { text = "Look", media = new[] { new { id } } });
        var post = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await host.SettleAsync();
        Assert.Equal(200, await host.Anonymous.StatusOfAsync($"media/{id}"));

        using var deleted = await anna.Client.DeleteAsync($"posts/{post}");
        await host.SettleAsync();

        Assert.False(await HasBlobAsync(host, blob));
        Assert.Null(await host.StoredMediaAsync(id));
    }

    [Fact]
    public async Task Deleting_works_for_the_owner_until_something_shows_the_picture()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var berta = await host.SignUpAsync("berta");
        var free = await anna.UploadedAsync(SampleImages.Png);
        var posted = await anna.UploadedAsync(SampleImages.Png);
        await host.PostedAsync(posted);

        Assert.Equal(HttpStatusCode.NotFound, (await berta.Client.DeleteAsync($"media/{free}")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await anna.Client.DeleteAsync($"media/{posted}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await anna.Client.DeleteAsync($"media/{free}")).StatusCode);
        Assert.Equal(404, await anna.Client.StatusOfAsync($"media/{free}"));
        Assert.Equal(HttpStatusCode.NotFound, (await anna.Client.DeleteAsync($"media/{free}")).StatusCode);

        await SweepAsync(host, TimeSpan.FromHours(2));
        Assert.Null(await host.StoredMediaAsync(free));
    }

    [Fact]
    public async Task Bytes_whose_document_was_never_written_go_too()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await anna.UploadedAsync(Drawn.Jpeg(1000, 500));
        var blob = (await host.StoredMediaAsync(id))!.BlobName;
        await host.Documents().DeleteAsync<MediaDocument>(anna.Id, id, default);

        await SweepAsync(host, TimeSpan.FromHours(25));

        Assert.False(await HasBlobAsync(host, blob));
        Assert.False(await IsWatchedAsync(host, id));
    }

    /// <summary>Sweeps when no pipeline has work with a picture: one that was given up stays until its case knows it.</summary>
    private static async Task SweepAsync(TestHost host, TimeSpan later)
    {
        await host.SettleAsync();
        var time = new LaterTime(later);
        var sweep = new SweepUnusedMedia(
            host.Documents(),
            host.Services.GetRequiredService<IMediaStore>(),
            host.Services.GetRequiredService<MediaReader>(),
            new UnusedMedia(host.Documents(), time),
            time,
            NullLogger<SweepUnusedMedia>.Instance);
        await sweep.RunAsync(new TimerInfo(), default);
    }

    /// <summary>Whether any of a picture's files is there, thumbnails among them; all of them are or none.</summary>
    private static async Task<bool> HasBlobAsync(TestHost host, string name)
    {
        var found = new HashSet<bool>();
        foreach (var file in (string[])[name, MediaFiles.ThumbnailName(name, 320), MediaFiles.ThumbnailName(name, 640)])
        {
            await using var blob = await host.Services.GetRequiredService<IMediaStore>().OpenAsync(file, default);
            found.Add(blob is not null);
        }

        return Assert.Single(found);
    }

    private static async Task<bool> IsWatchedAsync(TestHost host, string mediaId)
    {
        foreach (var bucket in UnusedMediaDocument.Buckets)
        {
            await foreach (var note in host.Documents().QueryAllAsync<UnusedMediaDocument>(new DocumentQuery(bucket, 100), default))
            {
                if (note.MediaId == mediaId)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private sealed class LaterTime(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + later;
    }
}
