using System.Buffers;
using System.Globalization;

namespace ServerlessSocial.Platform.Documents;

/// <summary>Ids that sort by time: UUID version 7 (RFC 9562) as 32 lower-case hexadecimal digits.</summary>
public static class Ids
{
    /// <summary>Length of an id in characters.</summary>
    public const int Length = 32;

    /// <summary>Characters of an id that tell its moment.</summary>
    private const int MomentLength = 12;

    /// <summary>Lower end of the range of all time-ordered ids in a partition that also holds named documents.</summary>
    public const string First = "0";

    /// <summary>Upper end (excluded) of the range of all time-ordered ids.</summary>
    public const string End = "g";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>A new id for this moment.</summary>
    public static string New(TimeProvider time) => New(time.GetUtcNow());

    /// <summary>
    /// A new id for a moment. The twelve bits after the milliseconds hold their fraction (RFC 9562, section 6.2, method 3), so that what one
    /// person does in quick succession keeps its order.
    /// </summary>
    public static string New(DateTimeOffset moment)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(moment).TryWriteBytes(bytes, bigEndian: true, out _);
        var fraction = moment.UtcTicks % TimeSpan.TicksPerMillisecond * 4096 / TimeSpan.TicksPerMillisecond;
        bytes[6] = (byte)(0x70 | (fraction >> 8));
        bytes[7] = (byte)fraction;
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>A new id that sorts behind another one.</summary>
    public static string Behind(string id) => New(TimeOf(id).AddMilliseconds(1));

    /// <summary>The lowest id of a moment, for ranges.</summary>
    public static string Lowest(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds().ToString("x12", null);

    /// <summary>An id that stands at another moment, and is as different from others as the one it is made of.</summary>
    public static string At(DateTimeOffset moment, string id) => Lowest(moment) + id[MomentLength..Length];

    /// <summary>Whether a text has the form of an id.</summary>
    public static bool IsId(ReadOnlySpan<char> text) => text.Length == Length && !text.ContainsAnyExcept(HexDigits);

    /// <summary>When an id was made, to the millisecond.</summary>
    public static DateTimeOffset TimeOf(ReadOnlySpan<char> id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(id[..MomentLength], NumberStyles.AllowHexSpecifier, null));
}
