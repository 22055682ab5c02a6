using System.Text;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Platform.Blobs;

namespace ServerlessSocial.ContractTests.Media;

/// <summary>Immutable blobs by name, as every media store must keep them.</summary>
public abstract class MediaStoreContract
{
    private static CancellationToken None => CancellationToken.None;

    protected abstract IMediaStore Store { get; }

    /// <summary>A name of this test's own.</summary>
    private string Name { get; } = $"media/{Guid.NewGuid():N}.png";

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private async Task<string?> ReadAsync(string name)
    {
        await using var blob = await Store.OpenAsync(name, None);
        if (blob is null)
        {
            return null;
        }

        using var reader = new StreamReader(blob.Content);
        return await reader.ReadToEndAsync();
    }

    [ContractFact]
    public async Task A_blob_is_read_as_it_was_written()
    {
        var content = new byte[1_000_003];
        new Random(1).NextBytes(content);
        await Store.WriteAsync(Name, new MemoryStream(content), "image/png", None);

        await using var blob = await Store.OpenAsync(Name, None);
        Assert.Equal(("image/png", content.LongLength), (blob!.ContentType, blob.Length));
        var read = new byte[content.Length];
        await blob.Content.ReadExactlyAsync(read);
        Assert.Equal(content, read);
        Assert.True(blob.Content.CanSeek);
        blob.Content.Position = 1_000_000;
        Assert.Equal(3, await blob.Content.ReadAtLeastAsync(new byte[10], 10, throwOnEndOfStream: false));
    }

    [ContractFact]
    public async Task A_large_blob_flows_in_from_a_stream_of_unknown_length_and_out_in_any_place()
    {
        var content = new byte[20_000_003];
        new Random(2).NextBytes(content);
        await Store.WriteAsync(Name, new Flowing(content, failsAtEnd: false), "application/zip", None);

        await using var blob = await Store.OpenLargeAsync(Name, None);
        Assert.Equal(("application/zip", content.LongLength), (blob!.ContentType, blob.Length));
        Assert.True(blob.Content.CanSeek);
        blob.Content.Position = 15_000_000;
        var rest = new byte[content.Length - 15_000_000];
        await blob.Content.ReadExactlyAsync(rest);
        Assert.Equal(content[15_000_000..], rest);
        Assert.Null(await Store.OpenLargeAsync($"{Name}.other", None));
    }

    [ContractFact]
    public async Task Of_a_stream_that_fails_nothing_is_stored()
    {
        await Assert.ThrowsAnyAsync<Exception>(async () => await Store.WriteAsync(Name, new Flowing(new byte[20_000_000], failsAtEnd: true), "application/zip", None));

        Assert.Null(await Store.OpenLargeAsync(Name, None));
    }

    [ContractFact]
    public async Task A_blob_that_was_never_written_is_not_there() => Assert.Null(await Store.OpenAsync(Name, None));

    [ContractFact]
    public async Task A_name_is_written_once()
    {
        await Store.WriteAsync(Name, Bytes("first"), "text/plain", None);
        await Store.WriteAsync(Name, Bytes("second"), "text/html", None);
        Assert.Equal("first", await ReadAsync(Name));
        await using var blob = await Store.OpenAsync(Name, None);
        Assert.Equal("text/plain", blob!.ContentType);
    }

    [ContractFact]
    public async Task Concurrent_writers_of_one_name_leave_one_whole_blob()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
            await Store.WriteAsync(Name, Bytes(new string((char)('a' + i), 10_000)), $"text/x-{(char)('a' + i)}", None))));
        var text = await ReadAsync(Name);
        Assert.Equal(10_000, text!.Length);
        Assert.Single(text.Distinct());
        await using var blob = await Store.OpenAsync(Name, None);
        Assert.Equal($"text/x-{text[0]}", blob!.ContentType);
    }

    [ContractFact]
    public async Task An_empty_blob_is_a_blob()
    {
        await Store.WriteAsync(Name, Bytes(""), "text/plain", None);
        Assert.Equal("", await ReadAsync(Name));
    }

    [ContractFact]
    public async Task Delete_removes_a_blob_and_a_missing_one_counts_as_done()
    {
        await Store.WriteAsync(Name, Bytes("x"), "text/plain", None);
        await Store.DeleteAsync(Name, None);
        Assert.Null(await Store.OpenAsync(Name, None));
        await Store.DeleteAsync(Name, None);
        await Store.WriteAsync(Name, Bytes("again"), "text/plain", None);
        Assert.Equal("again", await ReadAsync(Name));
    }

    [ContractFact]
    public async Task A_write_that_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(async () => await Store.WriteAsync(Name, new BrokenStream(), "text/plain", None));
        Assert.Null(await Store.OpenAsync(Name, None));
        await Store.WriteAsync(Name, Bytes("whole"), "text/plain", None);
        Assert.Equal("whole", await ReadAsync(Name));
    }

    [ContractFact]
    public async Task A_long_stream_that_cannot_be_read_twice_is_stored_whole_and_once()
    {
        var content = new byte[9_000_001];
        new Random(2).NextBytes(content);
        await Store.WriteAsync(Name, new OneWayStream(content), "image/png", None);
        await Store.WriteAsync(Name, new OneWayStream(new byte[9_000_001]), "image/gif", None);

        await using var blob = await Store.OpenAsync(Name, None);
        Assert.Equal(("image/png", content.LongLength), (blob!.ContentType, blob.Length));
        var read = new byte[content.Length];
        await blob.Content.ReadExactlyAsync(read);
        Assert.True(content.AsSpan().SequenceEqual(read));
    }

    /// <summary>What arrives over a connection: it can neither be read again nor tells how long it is.</summary>
    private class OneWayStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();
    }

    private sealed class BrokenStream() : OneWayStream([])
    {
        private int reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (reads++ > 0)
            {
                throw new IOException("The connection broke.");
            }

            buffer.Span[..100].Fill((byte)'x');
            return ValueTask.FromResult(100);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <summary>A stream that cannot tell its length, and may break at its end.</summary>
    private sealed class Flowing(byte[] content, bool failsAtEnd) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override int Read(Span<byte> buffer) => Checked(base.Read(buffer));

        public override int Read(byte[] buffer, int offset, int count) => Checked(base.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Checked(await base.ReadAsync(buffer, cancellationToken));

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            var buffer = new byte[bufferSize];
            for (int read; (read = await ReadAsync(buffer, cancellationToken)) > 0;)
            {
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }

        private int Checked(int read) => read == 0 && failsAtEnd ? throw new IOException("The stream broke.") : read;
    }
}
