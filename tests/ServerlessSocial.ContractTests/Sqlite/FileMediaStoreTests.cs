using ServerlessSocial.ContractTests.Media;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Blobs;

namespace ServerlessSocial.ContractTests.Sqlite;

public sealed class FileMediaStoreTests : MediaStoreContract, IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("media-").FullName;
    private readonly FileMediaStore store;

    public FileMediaStoreTests() => store = new(directory);

    protected override IMediaStore Store => store;

    [Theory]
    [InlineData("../secret")]
    [InlineData("media/../../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("media//x.png")]
    [InlineData("media/.hidden")]
    [InlineData("media/x.png/")]
    [InlineData("media/x..png")]
    [InlineData("media/X.png")]
    [InlineData("media\\x.png")]
    [InlineData("media/x.png\n")]
    [InlineData("media/x\0.png")]
    [InlineData("")]
    [InlineData(".")]
    public async Task Names_that_could_leave_the_directory_are_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.WriteAsync(name, new MemoryStream([1]), "image/png", CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.OpenAsync(name, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.DeleteAsync(name, CancellationToken.None));
    }

    [Fact]
    public async Task Reopening_the_directory_keeps_blobs_and_clears_what_was_unfinished()
    {
        await store.WriteAsync("media/kept.png", new MemoryStream([1, 2, 3]), "image/png", CancellationToken.None);
        var left = Path.Combine(directory, "media", "unfinished", "left-over");
        await File.WriteAllTextAsync(left, "half");

        await using var blob = await new FileMediaStore(directory).OpenAsync("media/kept.png", CancellationToken.None);
        Assert.Equal(3, blob!.Length);
        Assert.False(File.Exists(left));
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
