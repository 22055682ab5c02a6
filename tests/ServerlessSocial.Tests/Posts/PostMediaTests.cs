using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Media;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Tests.Posts;

public sealed class PostMediaTests
{
    [Fact]
    public async Task A_picture_alone_makes_a_post_and_says_who_made_it()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var upload = await AddPictureAsync(host, anna, alt: "A lake");
        var drawn = await AddPictureAsync(host, anna, generatedBy: "sample-painter");

        var post = await anna.PostAsync(new { media = new[] { new { id = upload }, new { id = drawn } } });

        Assert.Equal(string.Empty, post.Text("text"));
        Assert.Equal([upload, drawn], post.GetProperty("media").EnumerateArray().Select(item => item.Id()));
        Assert.Equal("A lake", post.GetProperty("media")[0].Text("alt"));
        Assert.Equal($"/api/media/{upload}", post.GetProperty("media")[0].Text("url"));
        Assert.Equal("uploaded", post.GetProperty("provenance").GetProperty("media")[0].Text("source"));
        Assert.Equal("sample-painter", post.GetProperty("provenance").GetProperty("media")[1].Text("model"));
    }

    [Fact]
    public async Task A_picture_is_in_one_post_and_its_owners()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var id = await AddPictureAsync(host, anna);

        Assert.Equal(["media"], await ben.InvalidFieldsAsync(new { text = "Mine now", media = new[] { new { id } } }));
        Assert.Equal(["media"], await anna.InvalidFieldsAsync(new { text = "Twice", media = new[] { new { id }, new { id } } }));
        Assert.Equal(["media"], await anna.InvalidFieldsAsync(new { text = "Five", media = Enumerable.Range(0, 5).Select(_ => new { id }) }));
        await anna.PostAsync(new { text = "Here", media = new[] { new { id } } });
        Assert.Equal(["media"], await anna.InvalidFieldsAsync(new { text = "And here", media = new[] { new { id } } }));
    }

    [Fact]
    public async Task A_picture_bound_for_a_post_that_never_came_to_be_is_free_again_later()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var now = TimeProvider.System.GetUtcNow();
        var broken = await AddPictureAsync(host, anna, boundTo: OwnedIds.Make(Ids.New(now - PostMediaBinder.Grace - TimeSpan.FromMinutes(1)), anna.Id));
        var underWay = await AddPictureAsync(host, anna, boundTo: OwnedIds.Make(Ids.New(now), anna.Id));

        Assert.Equal(["media"], await anna.InvalidFieldsAsync(new { text = "Too early", media = new[] { new { id = underWay } } }));
        var post = await anna.PostAsync(new { text = "Once more", media = new[] { new { id = broken } } });

        Assert.Equal(broken, post.GetProperty("media")[0].Id());
    }

    [Fact]
    public async Task The_pictures_of_a_deleted_post_are_deleted_with_it()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await AddPictureAsync(host, anna);
        var post = await anna.PostAsync(new { text = "Look", media = new[] { new { id } } });
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync($"posts/{post.Id()}"));
        await host.SettleAsync();

        Assert.Null(await host.Services.GetRequiredService<IDocumentStore>().FindAsync<MediaDocument>(anna.Id, id, CancellationToken.None));
        Assert.Null(await host.Services.GetRequiredService<IMediaStore>().OpenAsync(BlobOf(id), CancellationToken.None));
    }

    [Fact]
    public async Task A_picture_that_is_also_the_avatar_goes_with_the_post()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await AddPictureAsync(host, anna);
        var post = await anna.PostAsync(new { text = "My new face", media = new[] { new { id } } });
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        await documents.UpdateAsync<ProfileDocument>(anna.Id, anna.Id, profile => profile with { AvatarMediaId = id }, CancellationToken.None);
        await host.SettleAsync();

        await anna.DeleteAsync($"posts/{post.Id()}");
        await host.SettleAsync();

        Assert.Null(await documents.FindAsync<MediaDocument>(anna.Id, id, CancellationToken.None));
        Assert.Null(await host.Services.GetRequiredService<IMediaStore>().OpenAsync(BlobOf(id), CancellationToken.None));
        Assert.False((await anna.Client.ReadAsync("me")).TryGetProperty("avatarUrl", out _));
    }

    private static string BlobOf(string mediaId) => $"media/{mediaId}.png";

    private static async Task<string> AddPictureAsync(TestHost host, TestUser owner, string? alt = null, string? generatedBy = null, string? boundTo = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var id = OwnedIds.Make(Ids.New(now), owner.Id);
        using var bytes = new MemoryStream([1, 2, 3]);
        await host.Services.GetRequiredService<IMediaStore>().WriteAsync(BlobOf(id), bytes, "image/png", CancellationToken.None);
        var created = await host.Services.GetRequiredService<IDocumentStore>().CreateAsync(
            new MediaDocument
            {
                Id = id,
                OwnerId = owner.Id,
                ContentType = "image/png",
                Extension = ".png",
                Width = 640,
                Height = 480,
                Alt = alt,
                GeneratedBy = generatedBy,
                BlobName = BlobOf(id),
                PostId = boundTo,
                CreatedAt = now,
            },
            CancellationToken.None);
        Assert.True(created.IsDone);
        return id;
    }
}
