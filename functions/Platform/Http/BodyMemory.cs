using System.Buffers;
using System.Runtime.InteropServices;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// The bytes of a body. Small ones are in an array. Beyond <see cref="MostManaged"/> bytes they are in native memory, which grows where it is (the C library
/// moves pages, not bytes) and is given back the moment it is disposed: arrays of megabytes, outgrown or used up, lie among the runtime's large objects until
/// those are collected, and keep several times what the uploads under way hold resident. Not for use by several threads at once.
/// </summary>
public sealed unsafe class BodyMemory : MemoryManager<byte>
{
    /// <summary>Most bytes that are kept in an array: what nearly every JSON body has.</summary>
    public const int MostManaged = 16 * 1024;

    private byte[]? managed;
    private void* native;
    private int capacity;
    private bool disposed;

    /// <summary>Makes room for some bytes.</summary>
    /// <param name="capacity">How many, at least 0.</param>
    public BodyMemory(int capacity) => Grow(capacity);

    /// <summary>Bytes there is room for.</summary>
    public int Capacity => capacity;

    /// <summary>Bytes that have come.</summary>
    public int Length { get; private set; }

    /// <summary>What has come; valid until more room is made or it is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => Memory[..Length];

    /// <summary>Says that so many more bytes have come, behind those before.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, capacity - Length);
        Length += count;
    }

    /// <summary>Makes more room. What is there stays; memory that was asked for before is no longer valid.</summary>
    /// <param name="larger">Bytes, at least <see cref="Capacity"/>.</param>
    /// <exception cref="OutOfMemoryException">There is no such memory; what is there stays.</exception>
    public void Grow(int larger)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(larger, capacity);
        if (larger <= MostManaged)
        {
            Array.Resize(ref managed, larger);
        }
        else
        {
            native = NativeMemory.Realloc(native, (nuint)larger);
            managed?.CopyTo(new Span<byte>(native, larger));
            managed = null;
        }

        capacity = larger;
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return managed is null ? new Span<byte>(native, capacity) : managed;
    }

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, capacity);
        if (managed is null)
        {
            return new MemoryHandle((byte*)native + elementIndex, pinnable: this);
        }

        var handle = GCHandle.Alloc(managed, GCHandleType.Pinned);
        return new MemoryHandle((byte*)handle.AddrOfPinnedObject() + elementIndex, handle, this);
    }

    /// <summary>Nothing to do: native memory does not move, and an array is held by its own handle.</summary>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        disposed = true;
        managed = null;
        NativeMemory.Free(native);
        native = null;
        (capacity, Length) = (0, 0);
    }
}
