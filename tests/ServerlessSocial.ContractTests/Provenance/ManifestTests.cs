using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using NetVips;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.ContractTests.Sqlite;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Provenance;

namespace ServerlessSocial.ContractTests.Provenance;

/// <summary>What a finished file says, read by programs that others wrote: c2pa-rs, the implementation of the C2PA project itself, as WebAssembly from npm.</summary>
[NeedsNode]
public sealed class ManifestTests
{
    [ContractTheory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".webp")]
    public async Task The_manifest_is_valid_and_says_which_model_made_the_picture(string format)
    {
        using var made = await SignedFile.MakeAsync(format);
        var read = await made.ReadAsync();

        Assert.Equal("Trusted", read.GetProperty("validation_state").GetString());
        var manifest = read.GetProperty("manifests").GetProperty(read.GetProperty("active_manifest").GetString()!);
        Assert.Equal("ServerlessSocial", manifest.GetProperty("claim_generator_info")[0].GetProperty("name").GetString());
        Assert.Equal("Es256", manifest.GetProperty("signature_info").GetProperty("alg").GetString());
        var action = manifest.GetProperty("assertions").EnumerateArray().Single(assertion => assertion.GetProperty("label").GetString() == "c2pa.actions.v2")
            .GetProperty("data").GetProperty("actions")[0];
        Assert.Equal("c2pa.created", action.GetProperty("action").GetString());
        Assert.Equal("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", action.GetProperty("digitalSourceType").GetString());
        Assert.Equal("sample-image-1", action.GetProperty("softwareAgent").GetProperty("name").GetString());
    }

    [ContractTheory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".webp")]
    public async Task A_changed_byte_of_the_picture_is_found(string format)
    {
        using var made = await SignedFile.MakeAsync(format);
        await made.ChangeAsync(bytes => bytes[format == ".webp" ? bytes.AsSpan().IndexOf("VP8 "u8) + 100 : bytes.Length - 100] ^= 1);

        var read = await made.ReadAsync();

        Assert.Equal("Invalid", read.GetProperty("validation_state").GetString());
        Assert.Contains("assertion.dataHash.mismatch", read.GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>Certificates are of different lengths, by chance: so are manifests, and an odd one is filled up in a WebP.</summary>
    [ContractFact]
    public async Task Manifests_of_every_length_are_valid_in_a_WebP()
    {
        for (var i = 0; i < 6; i++)
        {
            using var made = await SignedFile.MakeAsync(".webp");
            Assert.Equal("Trusted", (await made.ReadAsync()).GetProperty("validation_state").GetString());
        }
    }

    [ContractFact]
    public async Task A_changed_word_of_the_manifest_is_found()
    {
        using var made = await SignedFile.MakeAsync(".jpg");
        await made.ChangeAsync(bytes => bytes[bytes.AsSpan().IndexOf("sample-image-1"u8)] ^= 1);

        var read = await made.ReadAsync();

        Assert.Equal("Invalid", read.GetProperty("validation_state").GetString());
        Assert.Contains("assertion.hashedURI.mismatch", read.GetRawText(), StringComparison.Ordinal);
    }
}

/// <summary>The same files, read by exiftool, which reads XMP and the boxes of manifests by code of its own.</summary>
[NeedsExifTool]
public sealed class ExifToolTests
{
    [ContractTheory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".webp")]
    public async Task It_finds_the_digital_source_type_in_XMP_and_in_the_manifest(string format)
    {
        using var made = await SignedFile.MakeAsync(format);

        var found = await NeedsExifToolAttribute.ReadAsync(made.Path);

        Assert.Equal("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", found.GetProperty("XMP:DigitalSourceType").GetString());
        if (format != ".webp")
        {
            // What is packaged for distributions does not look for manifests in WebP yet.
            Assert.Equal("c2pa.created", found.GetProperty("JUMBF:ActionsAction").GetString());
        }

        Assert.False(found.TryGetProperty("ExifTool:Warning", out var warning), warning.ToString());
    }
}

/// <summary>A picture as the service keeps it of what a model made, in a file.</summary>
internal sealed class SignedFile : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("c2pa-").FullName;

    private SignedFile(string extension) => Path = System.IO.Path.Combine(folder, "made" + extension);

    public string Path { get; }

    private string Type { get; set; } = string.Empty;

    private string Certificate => System.IO.Path.Combine(folder, "trusted.pem");

    public static async Task<SignedFile> MakeAsync(string extension)
    {
        using var processor = new PictureProcessor();
        var picture = (await processor.ProcessAsync(Drawn(extension), generated: true, default)).Value!;
        var store = new SqliteFixture();
        await store.InitializeAsync();
        var keys = new SigningKeys(store.Store, Options.Create(new ProvenanceOptions()), TimeProvider.System);
        var signed = await new ContentCredentials(keys).SignAsync(picture, "sample-image-1", DateTimeOffset.UtcNow, default);
        var file = new SignedFile(picture.Extension) { Type = picture.ContentType };
        await File.WriteAllBytesAsync(file.Path, signed.Content);
        var key = await keys.GetAsync(default);
        await File.WriteAllTextAsync(file.Certificate, PemEncoding.WriteString("CERTIFICATE", key.Chain[0].Span));
        await store.DisposeAsync();
        return file;
    }

    public async Task ChangeAsync(Action<byte[]> change)
    {
        var bytes = await File.ReadAllBytesAsync(Path);
        change(bytes);
        await File.WriteAllBytesAsync(Path, bytes);
    }

    public async Task<JsonElement> ReadAsync()
    {
        var (status, output) = await NodeServer.RunAsync("read-manifest.mjs", Type, Path, Certificate);
        Assert.True(status == 0, output);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static byte[] Drawn(string extension)
    {
        using var gradient = Image.Xyz(300, 200).Linear([1, 1], [0, 0]).Cast(Enums.BandFormat.Uchar);
        using var bands = gradient.Bandjoin(gradient.ExtractBand(0));
        using var picture = bands.Copy(interpretation: Enums.Interpretation.Srgb);
        return extension switch
        {
            ".png" => picture.PngsaveBuffer(),
            ".jpg" => picture.JpegsaveBuffer(),
            _ => picture.WebpsaveBuffer(),
        };
    }
}
