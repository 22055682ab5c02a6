using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessSocial.Platform.Ai.Offline.Painting;

/// <summary>
/// Numbers that are the same in every process and runtime version (SplitMix64, Steele, Lea and Flood 2014), which
/// <see cref="Random"/> does not promise.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private readonly ulong _seed = seed;
    private ulong _state = seed;

    /// <summary>Seeded by a text; equal texts give equal numbers.</summary>
    public static SeededRandom FromText(string text) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    /// <summary>Numbers of their own for one part of a picture, so that a change to a part leaves the others as they were.</summary>
    public SeededRandom Fork(int part) => new(Scramble(_seed ^ ((ulong)part * 0xD6E8FEB86659FD93)));

    /// <summary>From 0 up to, but not including, 1.</summary>
    public float Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return (Scramble(_state) >> 40) * (1f / (1 << 24));
    }

    public float Between(float low, float high) => low + ((high - low) * Next());

    /// <summary>From 0 up to, but not including, <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Next() * count);

    public bool Chance(float share) => Next() < share;

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    private static ulong Scramble(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
