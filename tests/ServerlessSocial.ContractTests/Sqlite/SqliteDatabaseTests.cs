using System.Collections.Concurrent;
using ServerlessSocial.ContractTests.Documents;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.ContractTests.Sqlite;

/// <summary>What is particular to the embedded store: its file, its restarts, its groups of writes.</summary>
public sealed class SqliteDatabaseTests : IDisposable
{
    private static readonly QueueDefinition[] Queues = [new("work") { LockDuration = TimeSpan.FromMinutes(5), MaxDeliveryCount = 2 }];

    private readonly string directory = Directory.CreateTempSubdirectory("database-").FullName;
    private readonly ManualTime time = new();

    private static CancellationToken None => CancellationToken.None;

    private static NoteDocument Note(string id, string owner = "o") => new() { Id = id, OwnerId = owner };

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Reopening_keeps_documents_messages_leases_and_positions()
    {
        string? position, etag;
        await using (var database = SqliteFixture.Open(directory))
        {
            var store = new SqliteDocumentStore(database, time);
            etag = (await store.CreateAsync(Note("a"), None)).Document!.ETag;
            await new SqliteWorkQueue(database, Queues, time).SendAsync([new("work", "m", new("p", "i", 1))], None);
            position = (await store.ReadChangesAsync<NoteDocument>(null, 10, None)).Position;
            await new SqliteLeases(database).SetAsync("function", position!, None);
            await store.CreateAsync(Note("b"), None);
            await store.DeleteAsync<NoteDocument>("o", "b", None);
        }

        await using var again = SqliteFixture.Open(directory);
        var reopened = new SqliteDocumentStore(again, time);
        Assert.Equal(etag, (await reopened.FindAsync<NoteDocument>("o", "a", None))!.ETag);
        Assert.Equal("m", Assert.Single(await new SqliteWorkQueue(again, Queues, time).ReceiveAsync("work", 10, None)).MessageId);
        Assert.Equal(position, await new SqliteLeases(again).GetAsync("function", None));
        Assert.Null(await new SqliteLeases(again).GetAsync("other", None));

        await reopened.CreateAsync(Note("c"), None);
        Assert.Equal("c", Assert.Single((await reopened.ReadChangesAsync<NoteDocument>(position, 10, None)).Documents).Id);
    }

    [Fact]
    public async Task A_restart_releases_locks_and_keeps_delivery_counts()
    {
        await using (var database = SqliteFixture.Open(directory))
        {
            var queue = new SqliteWorkQueue(database, Queues, time);
            await queue.SendAsync([new("work", "m", new("p", "i", 1))], None);
            await queue.ReceiveAsync("work", 1, None);
            Assert.Equal(new(0, 0, 1, 0), (await queue.CountsAsync(None))["work"]);
        }

        await using var again = SqliteFixture.Open(directory);
        var reopened = new SqliteWorkQueue(again, Queues, time);
        Assert.Equal(2, Assert.Single(await reopened.ReceiveAsync("work", 1, None)).DeliveryCount);
    }

    [Fact]
    public async Task The_files_copied_while_writes_go_on_hold_everything_acknowledged_before()
    {
        var acknowledged = new ConcurrentQueue<string>();
        var copy = Path.Combine(directory, "copy");
        Directory.CreateDirectory(copy);
        string[] before = [];
        await using (var database = SqliteFixture.Open(directory))
        {
            var store = new SqliteDocumentStore(database, time);
            var queue = new SqliteWorkQueue(database, Queues, time);
            using var stop = new CancellationTokenSource();
            var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    await store.CreateAsync(Note($"{writer}.{i}"), None);
                    await queue.SendAsync([new("work", $"{writer}.{i}", new("p", "i", 1))], None);
                    acknowledged.Enqueue($"{writer}.{i}");
                }
            })).ToArray();
            while (acknowledged.Count < 300)
            {
                await Task.Yield();
            }

            // What a killed process leaves is what is in the files now. No checkpoint runs so early, so the log only grows while it is copied.
            before = [.. acknowledged];
            File.Copy(Path.Combine(directory, "serverless-social.db"), Path.Combine(copy, "serverless-social.db"));
            File.Copy(Path.Combine(directory, "serverless-social.db-wal"), Path.Combine(copy, "serverless-social.db-wal"));
            await stop.CancelAsync();
            await Task.WhenAll(writers);
        }

        await using var recovered = SqliteFixture.Open(copy);
        var survivors = new SqliteDocumentStore(recovered, time);
        foreach (var id in before)
        {
            Assert.NotNull(await survivors.FindAsync<NoteDocument>("o", id, None));
        }

        Assert.True((await new SqliteWorkQueue(recovered, Queues, time).CountsAsync(None))["work"].Active >= before.Length);
    }

    [Fact]
    public async Task A_second_owner_of_the_directory_is_refused_until_the_first_lets_go()
    {
        await using (SqliteFixture.Open(directory))
        {
            var refused = Assert.Throws<StorageException>(() => SqliteFixture.Open(directory));
            Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);
        }

        await using var next = SqliteFixture.Open(directory);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "serverless-social.db"), new string('x', 10_000));
        Assert.Throws<StorageException>(() => SqliteFixture.Open(directory));
    }

    [Fact]
    public async Task An_operation_that_throws_does_not_undo_its_neighbours()
    {
        await using var database = SqliteFixture.Open(directory);
        database.Main.Prepare("CREATE TABLE t(a)");
        const string Insert = "INSERT INTO t VALUES(?1)";
        var writes = Enumerable.Range(0, 60).Select(i => database.Main.WriteAsync(
            session =>
            {
                session.Run(Insert, i);
                session.Run(Insert, i);
                return i % 3 == 0 ? throw new InvalidOperationException($"{i}") : true;
            })).ToArray();
        for (var i = 0; i < writes.Length; i++)
        {
            if (i % 3 == 0)
            {
                Assert.Equal($"{i}", (await Assert.ThrowsAsync<InvalidOperationException>(() => writes[i])).Message);
            }
            else
            {
                Assert.True(await writes[i]);
            }
        }

        using var reader = database.Main.Read();
        using var rows = reader.Session.Query("SELECT count(*), sum(a % 3 = 0) FROM t");
        Assert.True(rows.Read());
        Assert.Equal((80, 0), (rows.GetInt32(0), rows.GetInt32(1)));
    }

    [Fact]
    public async Task Writes_accepted_before_disposal_are_kept_and_later_ones_refused()
    {
        Task[] accepted;
        SqliteDocumentStore store;
        await using (var database = SqliteFixture.Open(directory))
        {
            store = new SqliteDocumentStore(database, time);
            accepted = [.. Enumerable.Range(0, 50).Select(i => store.CreateAsync(Note($"{i}"), None).AsTask())];
        }

        await Task.WhenAll(accepted);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.CreateAsync(Note("late"), None));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.FindAsync<NoteDocument>("o", "late", None));
        Assert.False(File.Exists(Path.Combine(directory, "serverless-social.db-wal")), "the log was moved into the file");
    }

    [Fact]
    public async Task A_follower_is_woken_by_the_next_change_and_sleeps_through_a_deleted_one()
    {
        await using var database = SqliteFixture.Open(directory);
        var store = new SqliteDocumentStore(database, time);
        await store.CreateAsync(Note("a"), None);
        await store.WaitForChangesAsync(NoteDocument.Container, null, None);
        var position = (await store.ReadChangesAsync<NoteDocument>(null, 10, None)).Position;
        await store.CreateAsync(Note("gone"), None);
        await store.DeleteAsync<NoteDocument>("o", "gone", None);

        var waiting = store.WaitForChangesAsync(NoteDocument.Container, position, None).AsTask();
        Assert.False(waiting.IsCompleted);
        await store.UpsertManyAsync([Note("b")], None);
        await waiting;

        using var stop = new CancellationTokenSource();
        var cancelled = store.WaitForChangesAsync(NoteDocument.Container, (await store.ReadChangesAsync<NoteDocument>(position, 10, None)).Position, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
    }

    [Fact]
    public async Task The_sweep_removes_only_what_has_expired()
    {
        await using var database = SqliteFixture.Open(directory);
        var early = new SqliteDocumentStore(database, time);
        await early.UpsertManyAsync([.. Enumerable.Range(0, 4_500).Select(i => new FleetingDocument { Id = $"{i}", OwnerId = $"{i % 7}", Ttl = i % 3 == 0 ? -1 : null })], None);
        time.Advance(TimeSpan.FromSeconds(3));
        var sweeping = early.SweepAsync(None).AsTask();
        while (!sweeping.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(5));
            await Task.Yield();
        }

        Assert.Equal(3_000, await sweeping);
        using var reader = database.Main.Read();
        using var rows = reader.Session.Query($"SELECT count(*) FROM \"documents_{FleetingDocument.Container.Name}\"");
        Assert.True(rows.Read());
        Assert.Equal(1_500, rows.GetInt32(0));
    }

    [Fact]
    public async Task Counts_tell_active_scheduled_locked_and_dead()
    {
        await using var database = SqliteFixture.Open(directory);
        var queue = new SqliteWorkQueue(database, Queues, time);
        Assert.True((await queue.CountsAsync(None))["work"].IsIdle);
        await queue.SendAsync([.. Enumerable.Range(0, 5).Select(i => new WorkItem("work", $"{i}", new("p", "i", 1), i == 4 ? time.GetUtcNow().AddMinutes(1) : null))], None);
        var received = await queue.ReceiveAsync("work", 2, None);
        await queue.DeadLetterAsync(received[0], None);
        Assert.Equal(new(2, 1, 1, 1), (await queue.CountsAsync(None))["work"]);
    }
}
