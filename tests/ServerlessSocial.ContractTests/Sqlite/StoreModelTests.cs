using ServerlessSocial.ContractTests.Documents;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Sqlite;

/// <summary>Answers come from memory or from a file, from whichever transaction: nobody may notice.</summary>
public sealed class StoreModelTests : IDisposable
{
    private const int Partitions = 40;
    private const int Ids = 4;
    private readonly string directory = Directory.CreateTempSubdirectory("model-").FullName;
    private readonly ManualTime time = new();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_sequence_of_operations_and_restarts_matches_a_plain_dictionary(int seed)
    {
        var random = new Random(seed);
        var model = new Dictionary<(string Owner, string Id), LastingDocument>();
        for (var life = 0; life < 6; life++)
        {
            await using var database = SqliteFixture.Open(directory);
            var store = new SqliteDocumentStore(database, time);
            for (var step = 0; step < 80; step++)
            {
                await ActAsync(store, model, random, step);
                if (random.Next(4) == 0)
                {
                    await CompareAsync(store, model, random);
                }
            }

            await CompareAsync(store, model, random);
        }
    }

    [Fact]
    public async Task Concurrent_writers_read_what_was_acknowledged_to_them()
    {
        await using var database = SqliteFixture.Open(directory);
        var store = new SqliteDocumentStore(database, time);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var round = 1; round <= 40; round++)
            {
                await store.UpsertManyAsync(Enumerable.Range(0, 64).Select(owner => Document($"{owner}", $"w{writer}", round)).ToArray(), None);
                var owner = $"{round % 64}";
                Assert.Equal(round, (await store.FindAsync<LastingDocument>(owner, $"w{writer}", None))!.Weight);
                var page = await store.QueryAsync<LastingDocument>(new DocumentQuery(owner, 10).WithPrefix("w"), None);
                Assert.Equal(round, page.Items.Single(document => document.Id == $"w{writer}").Weight);
                if (round % 10 == 0)
                {
                    await store.DeleteAsync<LastingDocument>(owner, $"w{writer}", None);
                    Assert.Null(await store.FindAsync<LastingDocument>(owner, $"w{writer}", None));
                }
            }
        })));
    }

    [Fact]
    public async Task Documents_of_a_large_write_expire_like_others()
    {
        await using var database = SqliteFixture.Open(directory);
        var store = new SqliteDocumentStore(database, time);
        await store.CreateAsync(Document("1", "a", 1), None);
        await store.UpsertManyAsync(Enumerable.Range(0, 64).Select(owner => Document($"{owner}", "a", 2) with { Ttl = 5 }).ToArray(), None);
        Assert.Equal(2, (await store.FindAsync<LastingDocument>("1", "a", None))!.Weight);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(await store.FindAsync<LastingDocument>("1", "a", None));
        Assert.Empty((await store.QueryAsync<LastingDocument>(new("1", 10), None)).Items);
        Assert.True((await store.CreateAsync(Document("1", "a", 3), None)).IsDone);
        Assert.Equal(3, (await store.FindAsync<LastingDocument>("1", "a", None))!.Weight);
    }

    private static LastingDocument Document(string owner, string id, int weight) => new() { Id = id, OwnerId = owner, Weight = weight, Ttl = -1 };

    private static async Task ActAsync(SqliteDocumentStore store, Dictionary<(string Owner, string Id), LastingDocument> model, Random random, int step)
    {
        var (owner, id) = ($"{random.Next(Partitions)}", $"{random.Next(Ids)}");
        var fresh = Document(owner, id, random.Next());
        switch (random.Next(6))
        {
            case 0 or 1:
                var many = Enumerable.Range(0, Partitions).Where(_ => random.Next(10) > 0).Select(partition => Document($"{partition}", id, (step * 1000) + partition)).ToArray();
                await store.UpsertManyAsync(many, None);
                Array.ForEach(many, document => model[(document.OwnerId, document.Id)] = document);
                break;
            case 2:
                await store.UpsertManyAsync([fresh], None);
                model[(owner, id)] = fresh;
                break;
            case 3:
                var created = await store.CreateAsync(fresh, None);
                Assert.Equal(!model.ContainsKey((owner, id)), created.IsDone);
                model.TryAdd((owner, id), fresh);
                break;
            case 4:
                var keys = Enumerable.Range(0, random.Next(1, 20)).Select(_ => (Owner: $"{random.Next(Partitions)}", Id: $"{random.Next(Ids)}")).ToArray();
                await store.DeleteManyAsync([.. keys.Select(key => DocumentKey.Of<LastingDocument>(key.Owner, key.Id))], None);
                Array.ForEach(keys, key => model.Remove(key));
                break;
            default:
                var found = await store.FindAsync<LastingDocument>(owner, id, None);
                Assert.Equal(model.ContainsKey((owner, id)), found is not null);
                if (found is not null)
                {
                    Assert.True((await store.ReplaceAsync(found with { Weight = fresh.Weight }, None)).IsDone);
                    Assert.Equal(StoreStatus.PreconditionFailed, (await store.ReplaceAsync(found, None)).Status);
                    model[(owner, id)] = fresh;
                }

                break;
        }
    }

    private static async Task CompareAsync(SqliteDocumentStore store, Dictionary<(string Owner, string Id), LastingDocument> model, Random random)
    {
        var keys = Enumerable.Range(0, Partitions).SelectMany(owner => Enumerable.Range(0, Ids).Select(id => DocumentKey.Of<LastingDocument>($"{owner}", $"{id}"))).ToArray();
        var set = await store.ReadManyAsync(keys, None);
        Assert.Equal(model.Count, set.Count);
        Assert.All(model, entry => Assert.Equal(entry.Value.Weight, set.Get<LastingDocument>(entry.Key.Owner, entry.Key.Id)!.Weight));

        for (var owner = 0; owner < Partitions; owner++)
        {
            var descending = random.Next(2) == 0;
            var query = new DocumentQuery($"{owner}", random.Next(1, 4)) { Descending = descending };
            var expected = model.Where(entry => entry.Key.Owner == $"{owner}").OrderBy(entry => entry.Key.Id, StringComparer.Ordinal).Select(entry => entry.Value.Weight).ToArray();
            var actual = new List<int>();
            await foreach (var document in store.QueryAllAsync<LastingDocument>(query, None))
            {
                actual.Add(document.Weight);
            }

            Assert.Equal(descending ? expected.Reverse() : expected, actual);
        }
    }
}
