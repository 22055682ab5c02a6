namespace ServerlessSocial.Platform.Http;

/// <summary>
/// Keeps an answer's body in memory until it is complete, or hands it on as it is written: which of them is decided once, when the first byte comes, because
/// status and type are known by then.
/// </summary>
/// <param name="inner">Where bodies go that are not kept.</param>
/// <param name="isHeld">Whether this one is kept.</param>
internal sealed class HeldAnswer(Stream inner, Func<bool> isHeld) : Stream
{
    private MemoryStream? held;
    private bool isDecided;

    /// <summary>The body that was kept; null for one that went on, and for none.</summary>
    public ReadOnlyMemory<byte>? Bytes => held?.GetBuffer().AsMemory(0, (int)held.Length);

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <summary>A kept answer can be taken back for another, such as a problem.</summary>
    public override bool CanSeek => held is not null;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => held?.Length ?? throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => held?.Position ?? throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private Stream Target
    {
        get
        {
            if (!isDecided)
            {
                isDecided = true;
                held = isHeld() ? new MemoryStream() : null;
            }

            return held ?? inner;
        }
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => Target.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Target.Write(buffer, offset, count);

    /// <summary>Sends what was handed on; before anything was written there is nothing to send, and the head may still change.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => isDecided ? Target.FlushAsync(cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public override void Flush()
    {
        if (isDecided)
        {
            Target.Flush();
        }
    }

    /// <inheritdoc/>
    public override void SetLength(long value)
    {
        // The answer is taken back: whether the next one is kept is for its own status and type to say.
        ArgumentOutOfRangeException.ThrowIfNotEqual(value, 0);
        held = null;
        isDecided = false;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
}
