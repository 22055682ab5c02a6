using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Exports;

/// <summary>What parts write an archive with. Files come one after the other; each flows through as it is written.</summary>
public sealed class ArchiveWriter(ZipArchive zip, ExportDocument export, ProfileDocument profile, Func<string, int, Task> note)
{
    /// <summary>For people who look into the files: indented, and letters as letters.</summary>
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Values = new(ApiJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Uri origin = new(export.Origin);
    private string part = string.Empty;
    private int files;

    /// <summary>Whose archive it is.</summary>
    public ProfileDocument Profile => profile;

    /// <summary>Address of the profile.</summary>
    public string Actor => UriOf(profile.Handle);

    /// <summary>Address of a profile.</summary>
    public string UriOf(string handle) => new Uri(origin, $"/api/profiles/{handle}").AbsoluteUri;

    /// <summary>Address of a post.</summary>
    public string UriOfPost(string postId) => new Uri(origin, $"/api/posts/{postId}").AbsoluteUri;

    /// <summary>Account address as Mastodon's lists have it.</summary>
    public string AddressOf(string handle) => $"{handle}@{origin.Authority}";

    /// <summary>Begins a part.</summary>
    public Task BeginAsync(string name)
    {
        part = name;
        return AliveAsync();
    }

    /// <summary>Gives a sign of life: whoever writes for long does so after every page.</summary>
    public Task AliveAsync() => note(part, files);

    /// <summary>Writes a file as it comes from a stream, which is packed already.</summary>
    public async Task WriteBytesAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        await using var entry = await OpenAsync(name, CompressionLevel.NoCompression, cancellationToken);
        await content.CopyToAsync(entry, cancellationToken);
    }

    /// <summary>Writes a text file, line by line.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="header">First line; null for none.</param>
    /// <param name="lines">Further lines, already in the file's form.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task WriteLinesAsync(string name, string? header, IAsyncEnumerable<string> lines, CancellationToken cancellationToken)
    {
        await using var entry = await OpenAsync(name, CompressionLevel.Optimal, cancellationToken);
        await using var text = new StreamWriter(entry, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        if (header is not null)
        {
            await text.WriteLineAsync(header);
        }

        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            await text.WriteLineAsync(line);
        }
    }

    /// <summary>Writes one JSON value.</summary>
    public async Task WriteJsonAsync(string name, object value, CancellationToken cancellationToken)
    {
        await using var entry = await OpenAsync(name, CompressionLevel.Optimal, cancellationToken);
        await using var json = new Utf8JsonWriter(entry, Readable);
        JsonSerializer.Serialize(json, value, Values);
    }

    /// <summary>Writes a JSON array, item by item.</summary>
    public Task WriteListAsync(string name, IAsyncEnumerable<object> items, CancellationToken cancellationToken) =>
        WriteItemsAsync(name, json => json.WriteStartArray(), items, (json, _) => json.WriteEndArray(), cancellationToken);

    /// <summary>Writes an ordered collection of ActivityStreams (W3C Activity Streams 2.0, section 5), item by item.</summary>
    public Task WriteCollectionAsync(string name, IAsyncEnumerable<object> items, CancellationToken cancellationToken) => WriteItemsAsync(
        name,
        json =>
        {
            json.WriteStartObject();
            json.WriteString("@context", ActivityStreams.Context);
            json.WriteString("id", name);
            json.WriteString("type", "OrderedCollection");
            json.WriteStartArray("orderedItems");
        },
        items,
        (json, count) =>
        {
            json.WriteEndArray();
            json.WriteNumber("totalItems", count);
            json.WriteEndObject();
        },
        cancellationToken);

    private async Task WriteItemsAsync(
        string name, Action<Utf8JsonWriter> begin, IAsyncEnumerable<object> items, Action<Utf8JsonWriter, int> end, CancellationToken cancellationToken)
    {
        const int FlushFrom = 64 * 1024;
        await using var entry = await OpenAsync(name, CompressionLevel.Optimal, cancellationToken);
        await using var json = new Utf8JsonWriter(entry, Readable);
        begin(json);
        var count = 0;
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            JsonSerializer.Serialize(json, item, Values);
            count++;
            if (json.BytesPending >= FlushFrom)
            {
                await json.FlushAsync(cancellationToken);
                await AliveAsync();
            }
        }

        end(json, count);
    }

    private async Task<Stream> OpenAsync(string name, CompressionLevel level, CancellationToken cancellationToken)
    {
        files++;
        return await zip.CreateEntry(name, level).OpenAsync(cancellationToken);
    }
}
