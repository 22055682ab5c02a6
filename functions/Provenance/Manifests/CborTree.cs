using System.Formats.Cbor;

namespace ServerlessSocial.Provenance.Manifests;

/// <summary>CBOR (RFC 8949) that anybody may have written, as far as manifests need it: maps by text, lists, texts and bytes; anything else is null.</summary>
internal static class CborTree
{
    private const int MostDeep = 16;

    /// <summary>Reads a value.</summary>
    /// <returns>A dictionary, list, string or byte array; null for anything else and what cannot be read.</returns>
    public static object? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return ReadValue(new CborReader(bytes, CborConformanceMode.Lax), 0);
        }
        catch (Exception exception) when (exception is CborContentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A value of a map; null if it is none of that kind.</summary>
    public static T? Get<T>(this object? map, string name)
        where T : class => (map as Dictionary<string, object?>)?.GetValueOrDefault(name) as T;

    /// <summary>A list of a map; empty if there is none.</summary>
    public static IReadOnlyList<object?> List(this object? map, string name) => map.Get<List<object?>>(name) ?? [];

    private static object? ReadValue(CborReader reader, int depth)
    {
        while (reader.PeekState() == CborReaderState.Tag)
        {
            reader.ReadTag();
        }

        return depth == MostDeep ? throw new CborContentException("Too deep.") : reader.PeekState() switch
        {
            CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString => reader.ReadTextString(),
            CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString => reader.ReadByteString(),
            CborReaderState.UnsignedInteger => reader.ReadUInt64(),
            CborReaderState.StartArray => ReadList(reader, depth),
            CborReaderState.StartMap => ReadMap(reader, depth),
            _ => Skip(reader),
        };
    }

    private static List<object?> ReadList(CborReader reader, int depth)
    {
        var list = new List<object?>();
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            list.Add(ReadValue(reader, depth + 1));
        }

        reader.ReadEndArray();
        return list;
    }

    /// <summary>Entries under other keys than texts are passed over.</summary>
    private static Dictionary<string, object?> ReadMap(CborReader reader, int depth)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            var key = ReadValue(reader, depth + 1);
            var value = ReadValue(reader, depth + 1);
            if (key is string name)
            {
                map[name] = value;
            }
        }

        reader.ReadEndMap();
        return map;
    }

    private static object? Skip(CborReader reader)
    {
        reader.SkipValue();
        return null;
    }
}
