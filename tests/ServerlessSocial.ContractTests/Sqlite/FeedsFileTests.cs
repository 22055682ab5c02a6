using ServerlessSocial.ContractTests.Documents;
using ServerlessSocial.Feeds;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Sqlite;

/// <summary>Feeds live in a file of their own: nobody waits for them, and nothing else tells.</summary>
public sealed class FeedsFileTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("feeds-").FullName;
    private readonly ManualTime time = new();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task A_write_does_not_wait_for_one_into_feeds()
    {
        await using var database = SqliteFixture.Open(directory);
        var store = new SqliteDocumentStore(database, time);

        // A table is made when it is first used, which waits for the file's writer.
        await store.UpsertManyAsync([Entry("o", "first")], None);
        using var release = new ManualResetEventSlim();
        var busy = database.Feeds.WriteAsync(_ => release.Wait(TimeSpan.FromSeconds(30)));
        var delivery = store.UpsertManyAsync([Entry("o", "a")], None).AsTask();
        Assert.True((await store.CreateAsync(new NoteDocument { Id = "n", OwnerId = "o" }, None)).IsDone);
        Assert.False(delivery.IsCompleted);
        release.Set();
        Assert.True(await busy);
        await delivery;
        Assert.NotNull(await store.FindAsync<FeedEntry>("o", "a", None));
    }

    [Fact]
    public async Task One_batch_reads_and_deletes_in_both_files()
    {
        await using var database = SqliteFixture.Open(directory);
        var store = new SqliteDocumentStore(database, time);
        await store.UpsertManyAsync([Entry("o", "a"), Entry("o", "b")], None);
        await store.CreateAsync(new NoteDocument { Id = "n", OwnerId = "o" }, None);
        DocumentKey[] keys = [DocumentKey.Of<FeedEntry>("o", "a"), DocumentKey.Of<NoteDocument>("o", "n"), DocumentKey.Of<FeedEntry>("o", "b")];
        Assert.Equal(3, (await new SqliteDocumentStore(database, time).ReadManyAsync(keys, None)).Count);
        await store.DeleteManyAsync(keys, None);
        Assert.Equal(0, (await store.ReadManyAsync(keys, None)).Count);
        Assert.Equal(0, (await new SqliteDocumentStore(database, time).ReadManyAsync(keys, None)).Count);
    }

    [Fact]
    public async Task Feeds_are_kept_over_a_restart()
    {
        string? etag;
        await using (var database = SqliteFixture.Open(directory))
        {
            etag = (await new SqliteDocumentStore(database, time).CreateAsync(Entry("o", "a"), None)).Document!.ETag;
        }

        await using var again = SqliteFixture.Open(directory);
        var store = new SqliteDocumentStore(again, time);
        Assert.Equal(etag, (await store.FindAsync<FeedEntry>("o", "a", None))!.ETag);
        await store.DeleteAsync<FeedEntry>("o", "a", None);
        Assert.NotEqual(etag, (await store.CreateAsync(Entry("o", "a"), None)).Document!.ETag);
    }

    private static FeedEntry Entry(string owner, string id) => new() { Id = id, OwnerId = owner, Reason = FeedReason.Followed };
}
