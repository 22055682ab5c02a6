using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using NetVips;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Provenance.Manifests;
using ServerlessSocial.Tests.Images;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Provenance;

public sealed class ProvenanceTests
{
    [Fact]
    public async Task A_file_that_was_made_here_is_known_by_its_hash_and_one_that_was_not_is_not()
    {
        await using var host = await StartAsync();
        var anna = await host.SignUpAsync("anna");
        var (id, file) = await MadeAsync(host, anna);
        var thumbnail = await anna.Client.GetByteArrayAsync($"media/{id}/320");

        var known = await ReportAsync(host.Anonymous, file);

        Assert.True(known.GetProperty("madeHere").GetBoolean());
        Assert.Equal(("file", "scripted"), (known.Text("match"), known.Text("model")));
        Assert.False(known.TryGetProperty("manifest", out _));
        Assert.True((await ReportAsync(host.Anonymous, thumbnail)).GetProperty("madeHere").GetBoolean());
        Assert.False((await ReportAsync(host.Anonymous, Scenes.Png(3))).GetProperty("madeHere").GetBoolean());
        Assert.Equal(400, await host.Anonymous.StatusOfAsync("provenance"));
        Assert.Equal(400, await host.Anonymous.StatusOfAsync($"provenance?sha256={new string('g', 64)}"));
        Assert.Equal(200, await host.Anonymous.StatusOfAsync($"provenance?sha256={new string('A', 64)}"));
    }

    [Fact]
    public async Task A_generated_picture_that_is_saved_again_scaled_or_mirrored_and_uploaded_is_labelled_again()
    {
        await using var host = await StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var (_, file) = await MadeAsync(host, anna);

        foreach (var copy in Copies(file))
        {
            Assert.False(copy.Holds("trainedAlgorithmicMedia"u8));
            var media = await host.StoredMediaAsync(await ben.UploadedAsync(copy));
            Assert.Equal("scripted", media!.GeneratedBy);
            Assert.True((await ben.Client.GetByteArrayAsync($"media/{media.Id}")).Holds("digitalsourcetype/trainedAlgorithmicMedia"u8));
        }

        for (var number = 0; number < 20; number++)
        {
            Assert.Null((await host.StoredMediaAsync(await ben.UploadedAsync(Scenes.Jpeg(100 + number))))!.GeneratedBy);
        }
    }

    [Fact]
    public async Task A_picture_that_is_sent_is_told_apart_by_file_manifest_pixels_and_likeness()
    {
        await using var host = await StartAsync();
        var anna = await host.SignUpAsync("anna");
        var (_, file) = await MadeAsync(host, anna);
        var copies = Copies(file);
        var altered = (byte[])file.Clone();
        altered[altered.AsSpan().IndexOf("\"scripted"u8) is >= 0 and var at ? at + 1 : altered.AsSpan().IndexOf("scripted"u8)] ^= 1;

        var same = await CheckAsync(host.Anonymous, file);
        var pixels = await CheckAsync(host.Anonymous, copies[0]);
        var near = await CheckAsync(host.Anonymous, copies[1]);
        var changed = await CheckAsync(anna.Client, altered);
        var other = await CheckAsync(anna.Client, Scenes.Jpeg(3));
        var foreign = await CheckAsync(anna.Client, Signed.File(PictureFormat.Png, Signed.Key()));

        Assert.Equal(("file", "intact"), (same.Text("match"), same.GetProperty("manifest").Text("state")));
        Assert.True(same.GetProperty("marked").GetBoolean());
        Assert.Equal(("pixels", "scripted"), (pixels.Text("match"), pixels.Text("model")));
        Assert.Equal("likeness", near.Text("match"));
        Assert.Equal(("pixels", "altered"), (changed.Text("match"), changed.GetProperty("manifest").Text("state")));
        Assert.False(other.GetProperty("madeHere").GetBoolean());
        Assert.False(other.GetProperty("marked").GetBoolean());
        Assert.Equal(("unverified", "Somebody"), (foreign.GetProperty("manifest").Text("state"), foreign.GetProperty("manifest").Text("signedBy")));
        Assert.False(foreign.GetProperty("madeHere").GetBoolean());
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_as_an_upload_would_be()
    {
        await using var host = await TestHost.StartAsync();

        using var text = await SendAsync(host.Anonymous, "hello"u8.ToArray(), "text/plain");
        using var broken = await SendAsync(host.Anonymous, "hello"u8.ToArray(), "image/png");

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnsupportedMediaType), (text.StatusCode, broken.StatusCode));
        Assert.Equal("not-a-picture", await broken.ProblemAsync());
    }

    [Fact]
    public async Task A_manifest_that_comes_with_an_upload_is_kept_for_its_owner_and_its_claims_are_shown_unverified()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var file = Signed.File(PictureFormat.Jpeg, Signed.Key());

        var id = await anna.UploadedAsync(file);
        var plain = await anna.UploadedAsync(Scenes.Jpeg(3));
        await host.SettleAsync();
        var post = (await anna.PostAsync(new { text = "Look", media = new[] { new { id } } })).Id();
        await host.SettleAsync();

        var seen = (await ben.Client.GetFromJsonAsync<JsonElement>($"posts/{post}")).GetProperty("media")[0].GetProperty("provenance");
        Assert.Equal("generated", seen.Text("source"));
        Assert.Equal(["trainedAlgorithmicMedia"], seen.GetProperty("credentials").Texts("sourceTypes"));
        Assert.Equal(["c2pa.created"], seen.GetProperty("credentials").Texts("actions"));
        Assert.False(seen.GetProperty("credentials").GetProperty("verified").GetBoolean());
        Assert.DoesNotContain("Somebody", seen.ToString(), StringComparison.Ordinal);
        Assert.Equal(EmbeddedManifest.Find(file)!.Store.ToArray(), await anna.Client.GetByteArrayAsync($"media/{id}/manifest"));
        Assert.Equal(404, await ben.Client.StatusOfAsync($"media/{id}/manifest"));
        Assert.Equal(401, await host.Anonymous.StatusOfAsync($"media/{id}/manifest"));
        Assert.Equal(404, await anna.Client.StatusOfAsync($"media/{plain}/manifest"));
        Assert.False((await anna.Client.GetByteArrayAsync($"media/{id}")).Holds("Somebody"u8));
    }

    [Fact]
    public async Task A_file_of_this_services_that_comes_back_is_verified()
    {
        await using var host = await StartAsync();
        var anna = await host.SignUpAsync("anna");
        var (_, file) = await MadeAsync(host, anna);

        using var response = await anna.Client.UploadAsync(file);
        var provenance = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("provenance");

        Assert.Equal(("generated", "scripted"), (provenance.Text("source"), provenance.Text("model")));
        Assert.True(provenance.GetProperty("credentials").GetProperty("verified").GetBoolean());
    }

    [Fact]
    public async Task The_key_stays_the_same_when_the_host_starts_again()
    {
        var data = Directory.CreateTempSubdirectory("provenance-").FullName;
        byte[] file;
        await using (var host = await StartAsync(data))
        {
            (_, file) = await MadeAsync(host, await host.SignUpAsync("anna"));
        }

        await using (var host = await StartAsync(data))
        {
            Assert.Equal("intact", (await CheckAsync(host.Anonymous, file)).GetProperty("manifest").Text("state"));
        }

        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_key_of_the_settings_signs_in_place_of_the_services_own()
    {
        var key = Signed.Key("A network");
        var pem = $"{key.Key.ExportPkcs8PrivateKeyPem()} {PemEncoding.WriteString("CERTIFICATE", key.Chain[0].Span)}".Replace('\n', ' ');
        await using var host = await StartAsync(settings: [$"Provenance:Credential={pem}"]);
        var (_, file) = await MadeAsync(host, await host.SignUpAsync("anna"));

        var manifest = (await CheckAsync(host.Anonymous, file)).GetProperty("manifest");

        Assert.Equal(("intact", "A network"), (manifest.Text("state"), manifest.Text("signedBy")));
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => TestHost.StartAsync(["Provenance:Credential=nothing"]));
        Assert.Contains("Provenance:Credential", refused.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The same pixels in another file, then files that look alike.</summary>
    private static byte[][] Copies(byte[] file)
    {
        using var picture = Drawn.Read(file);
        using var smaller = picture.Resize(0.6);
        using var mirrored = picture.Flip(Enums.Direction.Horizontal);
        return
        [
            picture.PngsaveBuffer(compression: 9, keep: Enums.ForeignKeep.None),
            picture.JpegsaveBuffer(q: 60, keep: Enums.ForeignKeep.None),
            smaller.JpegsaveBuffer(q: 75, keep: Enums.ForeignKeep.None),
            smaller.WebpsaveBuffer(q: 50, keep: Enums.ForeignKeep.None),
            mirrored.JpegsaveBuffer(q: 80, keep: Enums.ForeignKeep.None),
        ];
    }

    /// <summary>A host whose model draws a scene.</summary>
    private static Task<TestHost> StartAsync(string? data = null, string[]? settings = null) => TestHost.StartAsync(
        settings ?? [],
        dataDirectory: data,
        configure: new ScriptedModel((_, _) => Task.FromResult<GeneratedImage>(new ImageMade(Scenes.Png(7), "image/png"))).Register);

    private static async Task<(string Id, byte[] File)> MadeAsync(TestHost host, TestUser owner)
    {
        using var asked = await owner.Client.PostAsJsonAsync("images", new { prompt = "Soft light" });
        var job = (await asked.Content.ReadFromJsonAsync<JsonElement>()).Id();
        await host.SettleAsync();
        var id = (await owner.Client.GetFromJsonAsync<JsonElement>($"images/{job}")).GetProperty("media").Id();
        return (id, await owner.Client.GetByteArrayAsync($"media/{id}"));
    }

    private static Task<JsonElement> ReportAsync(HttpClient client, byte[] file) =>
        client.GetFromJsonAsync<JsonElement>($"provenance?sha256={Convert.ToHexString(SHA256.HashData(file))}");

    private static async Task<JsonElement> CheckAsync(HttpClient client, byte[] file)
    {
        using var response = await SendAsync(client, file, "application/octet-stream");
        var report = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, report.ToString());
        return report;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] file, string type)
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        return await client.PostAsync("provenance", content);
    }
}
