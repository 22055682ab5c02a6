namespace ServerlessSocial.Media.Formats;

/// <summary>Reads forward through untrusted bytes; every step says whether it stayed within them.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Offset of the next byte.</summary>
    public int Position { get; private set; }

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[Position..];

    /// <summary>Takes the next <paramref name="count"/> bytes; false, and nothing taken, when there are fewer.</summary>
    public bool TryTake(long count, out ReadOnlySpan<byte> taken)
    {
        if (count < 0 || count > _bytes.Length - Position)
        {
            taken = default;
            return false;
        }

        taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return true;
    }

    /// <summary>Takes the next byte; false at the end.</summary>
    public bool TryTake(out byte taken)
    {
        taken = 0;
        if (!TryTake(1, out var one))
        {
            return false;
        }

        taken = one[0];
        return true;
    }
}
