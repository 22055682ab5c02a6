using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ServerlessSocial.Media;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Media;

public sealed class UploadMediaTests
{
    [Fact]
    public async Task Every_format_is_taken_and_served_as_what_it_is()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        (byte[] File, string Type, string Kept)[] files =
        [
            (SampleImages.Png, "image/png", "image/png"),
            (SampleImages.Jpeg, "image/jpeg", "image/jpeg"),
            (SampleImages.Gif, "image/gif", "image/webp"),
            (SampleImages.LossyWebp, "image/webp", "image/webp"),
        ];
        foreach (var (file, declared, type) in files)
        {
            using var response = await anna.Client.UploadAsync(file, declared, alt: ("Alt-Text", "A square"));
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
            Assert.Equal((6, 4), Drawn.SizeOf(await served.Content.ReadAsByteArrayAsync()));
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
        Assert.Equal("image/webp", (await unlabelled.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("contentType").GetString());
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
            SampleImages.Png[..30],
            SampleImages.Jpeg[..100],
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
        byte[] largest = [.. SampleImages.Png, .. new byte[PictureLimits.MaxBytes - SampleImages.Png.Length]];
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

        var devanagari = new string('क', 1_500);
        using var longest = await anna.Client.UploadAsync(SampleImages.Png, alt: ("Alt-Text*", $"UTF-8''{Uri.EscapeDataString(devanagari)}"));
        using var longer = await anna.Client.UploadAsync(SampleImages.Png, alt: ("Alt-Text", new string('a', 1_501)));
        using var broken = await anna.Client.UploadAsync(SampleImages.Png, alt: ("Alt-Text*", "UTF-8''%E2%80%AEgnp.exe"));
        using var blank = await anna.Client.UploadAsync(SampleImages.Png, alt: ("Alt-Text*", "utf-8'en'%20"));

        Assert.Equal(HttpStatusCode.Created, longest.StatusCode);
        Assert.Equal(devanagari, (await longest.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("alt").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
        Assert.True((await longer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("Alt-Text", out _));
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.False((await blank.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("alt", out _));
    }

    [Theory]
    [InlineData("Alt-Text*", "a lake")]
    [InlineData("Alt-Text*", "ISO-8859-1''%E4")]
    [InlineData("Alt-Text*", "UTF-8''%E4")]
    [InlineData("Alt-Text*", "UTF-8''%E")]
    [InlineData("Alt-Text*", "UTF-8''a lake")]
    [InlineData("Alt-Text*", "UTF-8'")]
    public async Task A_description_that_is_not_encoded_as_it_says_is_refused(string header, string value)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var response = await anna.Client.UploadAsync(SampleImages.Png, alt: (header, value));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid-fields", await response.ProblemAsync());
    }

    [Fact]
    public async Task A_description_in_the_address_is_not_silently_lost()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var response = await anna.Client.UploadAsync(SampleImages.Png, query: "?alt=A%20lake");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task An_upload_tells_its_thumbnails_blurhash_and_maker()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var response = await anna.Client.UploadAsync(Drawn.Jpeg(1000, 500));
        var media = await response.Content.ReadFromJsonAsync<JsonElement>();
        var id = media.GetProperty("id").GetString();
        var post = await anna.PostAsync(new { text = "Look", media = new[] { new { id } } });

        var thumbnails = media.GetProperty("thumbnails");
        Assert.Equal([$"/api/media/{id}/320", $"/api/media/{id}/640"], thumbnails.EnumerateArray().Select(thumbnail => thumbnail.GetProperty("url").GetString()));
        Assert.Equal((640, 320), (thumbnails[1].GetProperty("width").GetInt32(), thumbnails[1].GetProperty("height").GetInt32()));
        Assert.Equal(28, media.GetProperty("blurhash").GetString()!.Length);
        Assert.Equal("uploaded", media.GetProperty("provenance").GetProperty("source").GetString());
        Assert.Equal(media.GetRawText(), post.GetProperty("media")[0].GetRawText());
    }

    [Fact]
    public async Task A_heic_photo_is_refused_with_words_that_help()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var response = await anna.Client.UploadAsync([0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, .. new byte[100]], "image/heic");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("Most Compatible", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
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
