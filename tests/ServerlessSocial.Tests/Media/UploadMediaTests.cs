using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ServerlessSocial.Media;
using ServerlessSocial.Tests.Media.Formats;

namespace ServerlessSocial.Tests.Media;

public sealed class UploadMediaTests
{
    [Fact]
    public async Task Every_format_is_taken_and_served_as_what_it_is()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        (byte[] File, string Type)[] files =
        [
            (SampleImages.Png, "image/png"),
            (SampleImages.Jpeg, "image/jpeg"),
            (SampleImages.Gif, "image/gif"),
            (SampleImages.LossyWebp, "image/webp"),
        ];
        foreach (var (file, type) in files)
        {
            using var response = await anna.Client.UploadAsync(file, type, "?alt=A%20square");
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            var media = await response.Content.ReadFromJsonAsync<JsonElement>();
            var id = media.GetProperty("id").GetString();
            Assert.Equal($"/api/media/{id}", response.Headers.Location?.OriginalString);
            Assert.Equal($"/api/media/{id}", media.GetProperty("url").GetString());
            Assert.Equal(type, media.GetProperty("contentType").GetString());
            Assert.Equal((6, 4), (media.GetProperty("width").GetInt32(), media.GetProperty("height").GetInt32()));
            Assert.Equal("A square", media.GetProperty("alt").GetString());

            using var served = await anna.Client.GetAsync($"media/{id}");
            Assert.Equal(type, served.Content.Headers.ContentType?.MediaType);
            Assert.Equal(file, await served.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task A_picture_is_judged_by_its_content()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var mislabelled = await anna.Client.UploadAsync(SampleImages.Png, "image/jpeg");
        using var unlabelled = await anna.Client.UploadAsync(SampleImages.Gif, "application/octet-stream");

        Assert.Equal("image/png", (await mislabelled.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("contentType").GetString());
        Assert.Equal("image/gif", (await unlabelled.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("contentType").GetString());
    }

    [Fact]
    public async Task Whatever_else_calls_itself_a_picture_is_refused()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        byte[][] disguised =
        [
            Encoding.UTF8.GetBytes("<html><script>alert(1)</script></html>"),
            Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            [.. "MZ"u8, .. new byte[200]],
            [.. "PK\u0003\u0004"u8, .. new byte[200]],
            [.. "BM"u8, .. new byte[200]],
            [.. SampleImages.Png[..8], .. "<script>alert(1)</script>"u8],
            SampleImages.Png[..^1],
            SampleImages.Jpeg[..^20],
            SampleImages.LossyWebp[..30],
            [],
        ];
        foreach (var file in disguised)
        {
            using var response = await anna.Client.UploadAsync(file);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
            Assert.Equal("not-a-picture", await response.ProblemAsync());
        }

        using var declared = await anna.Client.UploadAsync(SampleImages.Png, "image/svg+xml");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, declared.StatusCode);
    }

    [Fact]
    public async Task Eight_mebibytes_are_taken_and_one_byte_more_is_not()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        byte[] largest = [.. SampleImages.Png, .. new byte[UploadMedia.MaxBytes - SampleImages.Png.Length]];
        byte[] larger = [.. largest, 0];

        using var taken = await anna.Client.UploadAsync(largest);
        using var refused = await anna.Client.UploadAsync(larger);
        using var streamed = await anna.Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "media")
        {
            Content = new StreamContent(new MemoryStream(larger)) { Headers = { { "Content-Type", "image/png" } } },
            Headers = { TransferEncodingChunked = true },
        });

        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, streamed.StatusCode);
        Assert.Equal("body-too-large", await streamed.ProblemAsync());
    }

    [Fact]
    public async Task Where_a_photo_was_taken_is_not_served()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var photo = SampleImages.AfterJpegStart(SampleImages.Jpeg, SampleImages.JpegSegment(0xE1, SampleImages.PhoneExif(6)));
        Assert.True(photo.Holds(SampleImages.Secret));

        var id = await anna.UploadedAsync(photo);
        var served = await anna.Client.GetByteArrayAsync($"media/{id}");

        Assert.False(served.Holds(SampleImages.Secret));
        var media = await host.StoredMediaAsync(id);
        Assert.Equal((4, 6), (media!.Width, media.Height));
    }

    [Fact]
    public async Task A_picture_that_says_a_model_made_it_stays_labelled()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        byte[] marked =
        [
            .. SampleImages.PngStart,
            .. SampleImages.PngChunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"u8]),
            .. SampleImages.PngData,
            .. SampleImages.PngEnd,
        ];

        Assert.Equal(GenerationMark.UnknownModel, (await host.StoredMediaAsync(await anna.UploadedAsync(marked)))!.GeneratedBy);
        Assert.Null((await host.StoredMediaAsync(await anna.UploadedAsync(SampleImages.Png)))!.GeneratedBy);
    }

    [Fact]
    public async Task A_description_has_at_most_1500_characters()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var longest = await anna.Client.UploadAsync(SampleImages.Png, query: $"?alt={new string('a', 1_500)}");
        using var longer = await anna.Client.UploadAsync(SampleImages.Png, query: $"?alt={new string('a', 1_501)}");
        using var broken = await anna.Client.UploadAsync(SampleImages.Png, query: "?alt=%E2%80%AEgnp.exe");
        using var blank = await anna.Client.UploadAsync(SampleImages.Png, query: "?alt=%20");

        Assert.Equal(HttpStatusCode.Created, longest.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
        Assert.True((await longer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("alt", out _));
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.False((await blank.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("alt", out _));
    }

    [Fact]
    public async Task The_same_upload_under_the_same_key_happens_once()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        var responses = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => anna.Client.UploadAsync(SampleImages.Png, key: "k1")));
        using var other = await anna.Client.UploadAsync(SampleImages.Jpeg, key: "k1");

        var ids = new HashSet<string>();
        foreach (var response in responses)
        {
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            ids.Add((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
        }

        Assert.Single(ids);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Fact]
    public async Task Uploading_needs_a_profile()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(await host.TokenAsync("nobody-yet"));

        using var anonymous = await host.Anonymous.UploadAsync(SampleImages.Png);
        using var withoutProfile = await client.UploadAsync(SampleImages.Png);

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, withoutProfile.StatusCode);
    }
}
