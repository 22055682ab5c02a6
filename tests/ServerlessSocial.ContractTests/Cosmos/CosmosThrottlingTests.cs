using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ServerlessSocial.ContractTests.Documents;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Hosts.Adapters.Cosmos;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>What an account whose request units are used up looks like to a caller, and what calls cost.</summary>
[Collection(CosmosSuites.Name)]
[NeedsCosmos]
public sealed class CosmosThrottlingTests(CosmosServer server) : IAsyncLifetime
{
    private CosmosConnection connection = null!;
    private CosmosDocumentStore store = null!;
    private bool throttled;

    private static CancellationToken None => CancellationToken.None;

    private string Owner { get; } = Guid.NewGuid().ToString("N");

    public async Task InitializeAsync()
    {
        connection = Connect();
        store = new(connection);
        await connection.PrepareAsync([NoteDocument.Container], None);
    }

    public async Task DisposeAsync()
    {
        throttled = false;
        await connection.Container(NoteDocument.Container).Database.DeleteAsync();
        connection.Dispose();
    }

    [ContractFact]
    public async Task Point_operations_say_that_and_how_long_to_wait()
    {
        var note = (await store.CreateAsync(new NoteDocument { Id = "a", OwnerId = Owner }, None)).Document!;
        throttled = true;
        var outcomes = new[]
        {
            await store.ReadAsync<NoteDocument>(Owner, "a", None),
            await store.CreateAsync(note with { Id = "b" }, None),
            await store.ReplaceAsync(note, None),
            await store.DeleteAsync<NoteDocument>(Owner, "a", None),
        };
        Assert.All(outcomes, outcome => Assert.Equal((StoreStatus.Throttled, TimeSpan.FromMilliseconds(7)), (outcome.Status, outcome.RetryAfter)));
    }

    [ContractFact]
    public async Task Batches_queries_and_feeds_throw_how_long_to_wait()
    {
        var note = (await store.CreateAsync(new NoteDocument { Id = "a", OwnerId = Owner }, None)).Document!;
        DocumentKey[] keys = [DocumentKey.Of<NoteDocument>(Owner, "a"), DocumentKey.Of<NoteDocument>(Owner, "b")];
        throttled = true;
        Func<Task>[] calls =
        [
            async () => await store.ReadManyAsync(keys, None),
            async () => await store.ReadManyAsync([keys[0]], None),
            async () => await store.QueryAsync<NoteDocument>(new(Owner, 10), None),
            async () => await store.UpsertManyAsync([note, note with { Id = "b" }], None),
            async () => await store.DeleteManyAsync(keys, None),
            async () => await store.ReadChangesAsync<NoteDocument>(null, 10, None),
        ];
        foreach (var call in calls)
        {
            Assert.Equal(TimeSpan.FromMilliseconds(7), (await Assert.ThrowsAsync<StoreThrottledException>(call)).RetryAfter);
        }
    }

    [ContractFact]
    public async Task Every_call_records_what_it_cost()
    {
        var charges = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "serverless_social.documents.request_charge")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, units, tags, _) =>
        {
            if (tags.ToArray().Contains(new("container", NoteDocument.Container.Name)))
            {
                charges.AddOrUpdate((string)tags.ToArray().Single(tag => tag.Key == "operation").Value!, units, (_, sum) => sum + units);
            }
        });
        listener.Start();

        var note = (await store.CreateAsync(new NoteDocument { Id = "a", OwnerId = Owner }, None)).Document!;
        await store.ReplaceAsync(note, None);
        await store.ReadAsync<NoteDocument>(Owner, "a", None);
        await store.ReadManyAsync([DocumentKey.Of<NoteDocument>(Owner, "a"), DocumentKey.Of<NoteDocument>(Owner, "b")], None);
        await store.QueryAsync<NoteDocument>(new(Owner, 10), None);
        await store.UpsertManyAsync([note], None);
        await store.ReadChangesAsync<NoteDocument>(null, 10, None);
        await store.DeleteAsync<NoteDocument>(Owner, "a", None);

        foreach (var operation in (string[])["create", "replace", "read", "readMany", "query", "upsert", "changes", "delete"])
        {
            Assert.True(charges.ContainsKey(operation), operation);
        }

        Assert.All(charges.Where(charge => charge.Key != "changes"), charge => Assert.True(charge.Value > 0, charge.Key));
    }

    private CosmosConnection Connect() => new(
        server.NewDatabase(), credential: null, () => new ThrottlingHandler(CosmosServer.AnyCertificate(), () => throttled));
}
