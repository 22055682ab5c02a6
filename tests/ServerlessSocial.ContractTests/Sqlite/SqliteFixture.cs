using ServerlessSocial.ContractTests.Documents;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Sqlite;

public sealed class SqliteFixture : DocumentStoreFixture
{
    private readonly ManualTime time = new();
    private readonly string directory = Directory.CreateTempSubdirectory("storage-").FullName;
    private SqliteDatabase database = null!;
    private SqliteDocumentStore store = null!;

    public override IDocumentStore Store => store;

    public override IChangeFeed Feed => store;

    public override ISearchIndex Index => store;

    internal static SqliteDatabase Open(string directory) => new(directory);

    public override Task PassAsync(TimeSpan passing)
    {
        time.Advance(passing);
        return Task.CompletedTask;
    }

    public override Task InitializeAsync()
    {
        database = Open(directory);
        store = new(database, time);
        return Task.CompletedTask;
    }

    public override async Task DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}

public sealed class SqliteDocumentStoreTests(SqliteFixture fixture) : DocumentStoreContract(fixture), IClassFixture<SqliteFixture>;

public sealed class SqliteDocumentBatchTests(SqliteFixture fixture) : DocumentBatchContract(fixture), IClassFixture<SqliteFixture>;

public sealed class SqliteTallyTests(SqliteFixture fixture) : TallyContract(fixture), IClassFixture<SqliteFixture>;

public sealed class SqliteChangeFeedTests(SqliteFixture fixture) : ChangeFeedContract(fixture), IClassFixture<SqliteFixture>;

public sealed class SqliteSearchTests(SqliteFixture fixture) : SearchContract(fixture), IClassFixture<SqliteFixture>;
