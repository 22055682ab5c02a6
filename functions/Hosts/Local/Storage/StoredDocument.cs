using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// Between documents and rows. The body is the document without its ETag, which is made of revision and sequence number:
/// unique for ever, and the revision a replace continues from does not depend on what the caller put there.
/// </summary>
internal static class StoredDocument
{
    /// <summary>The document as it is written: with its new revision, without an ETag.</summary>
    public static T Prepare<T>(T document, long revision)
        where T : Document =>
        document.Revision == revision && document.ETag is null ? document : document with { Revision = revision, ETag = null };

    /// <summary>The body.</summary>
    public static byte[] Serialize<T>(T document)
        where T : Document => JsonSerializer.SerializeToUtf8Bytes(document, TypeInfo<T>.Value);

    /// <summary>The document of a row.</summary>
    /// <exception cref="JsonException">The row holds a document of another shape.</exception>
    public static T Deserialize<T>(byte[] body, long sequence)
        where T : Document => Stamp(JsonSerializer.Deserialize(body, TypeInfo<T>.Value)!, sequence);

    /// <summary>The document of a row whose type is known only at run time.</summary>
    /// <exception cref="JsonException">The row holds a document of another shape.</exception>
    public static Document Deserialize(Type type, byte[] body, long sequence) =>
        Stamp((Document)JsonSerializer.Deserialize(body, DocumentJson.Options.GetTypeInfo(type))!, sequence);

    /// <summary>The document with the ETag of the write that has this number.</summary>
    public static T Stamp<T>(T document, long sequence)
        where T : Document => document with { ETag = string.Create(CultureInfo.InvariantCulture, $"{document.Revision:x}-{sequence:x}") };

    /// <summary>Reads an ETag; false for one this store never gave.</summary>
    public static bool TryParseETag(string? etag, out long revision, out long sequence)
    {
        sequence = revision = 0;
        var dash = etag?.IndexOf('-') ?? -1;
        return dash > 0
            && long.TryParse(etag.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out revision)
            && long.TryParse(etag.AsSpan(dash + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out sequence);
    }

    /// <summary>When a document written now expires: its own time to live, else the container's; -1 never. Milliseconds since 1970.</summary>
    public static long? Expires(ContainerDefinition container, int? timeToLive, long now) =>
        (timeToLive ?? container.DefaultTimeToLive) is { } seconds and >= 0 ? now + (seconds * 1000L) : null;

    /// <summary>The expiry in a row's column; null never.</summary>
    public static long? Expires(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    /// <summary>What a document of so many bytes of JSON takes in memory, roughly: two bytes a character, and objects around it.</summary>
    public static int MemorySize(int bodyBytes) => 200 + (bodyBytes * 3);

    private static class TypeInfo<T>
    {
        public static readonly JsonTypeInfo<T> Value = (JsonTypeInfo<T>)DocumentJson.Options.GetTypeInfo(typeof(T));
    }
}
