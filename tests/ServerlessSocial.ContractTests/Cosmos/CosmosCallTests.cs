using ServerlessSocial.ContractTests.Documents;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Hosts.Adapters.Cosmos;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>How many calls, and of what kind, the SDK makes of what the store is asked for. They are counted where they arrive.</summary>
[NeedsCosmos]
[NeedsCountingServer]
public sealed class CosmosCallTests(CosmosServer server) : IClassFixture<CosmosServer>, IAsyncLifetime
{
    private CosmosConnection connection = null!;
    private CosmosDocumentStore store = null!;

    private static CancellationToken None => CancellationToken.None;

    private string Owner { get; } = Guid.NewGuid().ToString("N");

    public async Task InitializeAsync()
    {
        connection = server.Connect();
        store = new(connection);
        await connection.PrepareAsync([NoteDocument.Container], None);
    }

    public Task DisposeAsync()
    {
        connection.Dispose();
        return Task.CompletedTask;
    }

    [ContractFact]
    public async Task Fewer_than_a_hundred_documents_are_written_one_by_one_and_more_in_groups()
    {
        var (batches, writes) = (Count(CosmosRequestKind.Batch), Count(CosmosRequestKind.Write));
        await store.UpsertManyAsync(Notes(99), None);
        Assert.Equal((batches, writes + 99), (Count(CosmosRequestKind.Batch), Count(CosmosRequestKind.Write)));

        await store.UpsertManyAsync(Notes(200), None);
        Assert.InRange(Count(CosmosRequestKind.Batch) - batches, 1, 10);
        Assert.Equal(writes + 99, Count(CosmosRequestKind.Write));
        Assert.Equal(200, (await store.QueryAsync<NoteDocument>(new(Owner, 1000), None)).Items.Count);
    }

    [ContractFact]
    public async Task Queries_and_batched_reads_ask_for_no_plan()
    {
        await store.UpsertManyAsync(Notes(3), None);
        await store.CreateAsync(new NoteDocument { Id = "elsewhere", OwnerId = $"{Owner}-2" }, None);
        var queries = Count(CosmosRequestKind.Query);

        await store.QueryAsync<NoteDocument>(new(Owner, 10), None);
        await store.ReadManyAsync([DocumentKey.Of<NoteDocument>(Owner, "000"), DocumentKey.Of<NoteDocument>($"{Owner}-2", "elsewhere")], None);

        Assert.True(Count(CosmosRequestKind.Query) > queries, "No query arrived: nothing was proved.");
        Assert.Equal(0, Count(CosmosRequestKind.QueryPlan));
    }

    private int Count(CosmosRequestKind kind) => server.StandIn!.CountOf(kind);

    private NoteDocument[] Notes(int count) => [.. Enumerable.Range(0, count).Select(i => new NoteDocument { Id = $"{i:000}", OwnerId = Owner })];
}

/// <summary>Needs the stand-in, which counts; an account does not say what it was asked.</summary>
public sealed class NeedsCountingServerAttribute : NeedsAttribute
{
    /// <inheritdoc/>
    public override string? Lacking(string test) => CosmosServer.Endpoint is null ? null : "An account or emulator does not count its calls.";
}
