using System.Buffers.Binary;
using System.Text;
using ServerlessSocial.ContractTests.Documents;
using ServerlessSocial.Feeds;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Sqlite;

/// <summary>A data directory of an earlier version, with feeds in the one file and a journal of entries that were not in their table yet.</summary>
public sealed class OneFileLayoutTests : IDisposable
{
    private const string Journal = "CREATE TABLE staged(seq INTEGER PRIMARY KEY, container TEXT NOT NULL, leaves INTEGER NOT NULL, block BLOB NOT NULL)";
    private readonly string directory = Directory.CreateTempSubdirectory("layout-").FullName;
    private readonly ManualTime time = new();

    private static CancellationToken None => CancellationToken.None;

    private string Main => Path.Combine(directory, "serverless-social.db");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Nothing_of_it_is_lost()
    {
        WriteOld();
        await using var database = SqliteFixture.Open(directory);
        await CheckAsync(database);
    }

    [Fact]
    public async Task A_conversion_that_was_killed_between_its_two_files_begins_again()
    {
        WriteOld();
        var before = Path.Combine(directory, "before.db");
        File.Copy(Main, before);
        await using (SqliteFixture.Open(directory))
        {
        }

        // The file of feeds is there as the conversion left it, the other one as it was.
        File.Move(before, Main, overwrite: true);
        await using var database = SqliteFixture.Open(directory);
        await CheckAsync(database);
    }

    [Fact]
    public async Task It_happens_once_and_later_entries_stay()
    {
        WriteOld();
        await using (var database = SqliteFixture.Open(directory))
        {
            await new SqliteDocumentStore(database, time).DeleteAsync<FeedEntry>("r1", "settled", None);
        }

        await using var again = SqliteFixture.Open(directory);
        Assert.Null(await new SqliteDocumentStore(again, time).FindAsync<FeedEntry>("r1", "settled", None));
        Assert.NotNull(await new SqliteDocumentStore(again, time).FindAsync<FeedEntry>("r1", "staged", None));
    }

    private static async Task<string?> ReasonAsync(SqliteDocumentStore store, string owner, string id) =>
        (await store.FindAsync<FeedEntry>(owner, id, None))?.Reason.ToString();

    private async Task CheckAsync(SqliteDatabase database)
    {
        var store = new SqliteDocumentStore(database, time);
        Assert.Equal(["settled", "staged"], (await store.QueryAsync<FeedEntry>(new("r1", 10), None)).Items.Select(entry => entry.Id));
        Assert.Equal("Followed", await ReasonAsync(store, "r1", "settled"));
        Assert.Equal("Boosted", await ReasonAsync(store, "r1", "staged"));
        Assert.Equal("Replied", await ReasonAsync(store, "r2", "overwritten"));
        Assert.Equal("Followed", await ReasonAsync(store, "r3", "left"));
        Assert.Null(await store.FindAsync<FeedEntry>("r4", "expired", None));
        Assert.Equal(7, (await store.FindAsync<LastingDocument>("o", "other", None))!.Weight);
        Assert.Equal("1-5", (await store.FindAsync<FeedEntry>("r1", "settled", None))!.ETag);

        // Numbers go on where they were, for ETags' sake.
        var created = await store.CreateAsync(new FeedEntry { Id = "new", OwnerId = "r1", Reason = FeedReason.Followed }, None);
        Assert.True(StoredDocument.TryParseETag(created.Document!.ETag, out _, out var sequence) && sequence > 1_000_000);
        using var reader = database.Main.Read();
        using var left = reader.Session.Query("SELECT name FROM sqlite_schema WHERE name IN ('staged', 'documents_feeds')");
        Assert.False(left.Read());
    }

    private void WriteOld()
    {
        using var session = SqliteSession.Open(Main, 1024, "PRAGMA journal_mode=WAL");
        session.Execute(
            $"""
            CREATE TABLE sequence(reserved INTEGER NOT NULL); INSERT INTO sequence VALUES(1000000);
            {Journal};
            {DocumentTable.Schema("documents_feeds")}; {DocumentTable.Schema($"documents_{LastingDocument.Container.Name}")};
            """);
        const string Insert = "INSERT INTO documents_feeds VALUES(?1, ?2, ?3, ?4, ?5)";
        session.Run(Insert, "r1", "settled", 5, null, Entry("r1", "settled", "followed"));
        session.Run(Insert, "r2", "overwritten", 6, null, Entry("r2", "overwritten", "followed"));
        session.Run(Insert, "r3", "left", 20, null, Entry("r3", "left", "followed"));
        const string Stage = "INSERT INTO staged VALUES(?1, ?2, ?3, ?4)";
        session.Run(Stage, 10, "feeds", 0, Block(("r1", "staged", 0, Entry("r1", "staged", "boosted")), ("r2", "overwritten", 0, Entry("r2", "overwritten", "replied"))));
        session.Run(Stage, 12, "feeds", 0, Block(("r3", "left", 0, Entry("r3", "left", "boosted")), ("r4", "expired", 1, Entry("r4", "expired", "followed"))));
        session.Run(Stage, 15, "feeds", 1, Block(("r3", "left", 0, [])));
        var other = Encoding.UTF8.GetBytes("""{"id":"other","ownerId":"o","revision":1,"weight":7}""");
        session.Run(Stage, 16, LastingDocument.Container.Name, 0, Block(("o", "other", 0, other)));
    }

    private static byte[] Entry(string owner, string id, string reason) =>
        Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","ownerId":"{{owner}}","reason":"{{reason}}","revision":1}""");

    /// <summary>As earlier versions laid a block out.</summary>
    private static byte[] Block(params (string Key, string Id, long Expires, byte[] Body)[] documents)
    {
        using var block = new MemoryStream();
        Span<byte> header = stackalloc byte[20];
        foreach (var (key, id, expires, body) in documents)
        {
            BinaryPrimitives.WriteInt32LittleEndian(header, key.Length);
            BinaryPrimitives.WriteInt32LittleEndian(header[4..], id.Length);
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], body.Length);
            BinaryPrimitives.WriteInt64LittleEndian(header[12..], expires);
            block.Write(header);
            block.Write(Encoding.UTF8.GetBytes(key + id));
            block.Write(body);
        }

        return block.ToArray();
    }
}
