using System.Diagnostics;
using ServerlessSocial.Feeds;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Benchmarks;

/// <summary>
/// Measures the embedded store alone: entries scattered over large feeds, and small writes beside them. Processor time is said with each figure,
/// because it holds on a busy machine too.
/// </summary>
internal sealed class StoreBenchmark
{
    private const int Feeds = 10_000;
    private const int EntriesPerFeed = 50;
    private const int Bucket = 500;
    private const int EntriesPerSecond = 20_000;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(8);

    private readonly Random random = new(1);
    private readonly string[] owners = [.. Enumerable.Range(0, Feeds).Select(_ => Ids.New(TimeProvider.System.GetUtcNow()))];

    /// <summary>Runs everything once.</summary>
    public async Task RunAsync()
    {
        var data = Path.Combine(Path.GetTempPath(), "serverless-social-store", Guid.NewGuid().ToString("N"));
        try
        {
            await using var database = new SqliteDatabase(data);
            var store = new SqliteDocumentStore(database, TimeProvider.System);
            await FillAsync(store);
            await SmallWritesAsync(store, "small writes alone", beside: null);
            await SmallWritesAsync(store, $"small writes beside {EntriesPerSecond:N0} entries/s", FanOutAsync(store, EntriesPerSecond));
            var before = Cpu();
            var written = await FanOutAsync(store, perSecond: null);
            Console.WriteLine($"scattered entries: {written / Measured.TotalSeconds:N0}/s, {(Cpu() - before).TotalMicroseconds / written:F1} us of processor time each");
            await ReadsAsync(store);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;

    private static FeedEntry Entry(string owner, string post) => new() { Id = post, OwnerId = owner, Reason = FeedReason.Followed };

    private async Task FillAsync(SqliteDocumentStore store)
    {
        foreach (var owner in owners)
        {
            await store.UpsertManyAsync([.. Enumerable.Range(0, EntriesPerFeed).Select(_ => Entry(owner, NewPost()))], default);
        }

        random.Shuffle(owners);
    }

    private string NewPost() => OwnedIds.Make(Ids.New(TimeProvider.System.GetUtcNow()), owners[random.Next(Feeds)]);

    /// <summary>Four deliveries at a time, each of one post to a bucket of readers.</summary>
    private async Task<long> FanOutAsync(SqliteDocumentStore store, double? perSecond)
    {
        var watch = Stopwatch.StartNew();
        var written = 0L;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            var own = new Random(worker);
            while (watch.Elapsed < Measured)
            {
                var post = OwnedIds.Make(Ids.New(TimeProvider.System.GetUtcNow()), owners[0]);
                await store.UpsertManyAsync([.. Enumerable.Range(0, Bucket).Select(_ => Entry(owners[own.Next(Feeds)], post))], default);
                Interlocked.Add(ref written, Bucket);
                while (perSecond is { } rate && Interlocked.Read(ref written) > watch.Elapsed.TotalSeconds * rate)
                {
                    await Task.Delay(1);
                }
            }
        })));
        return written;
    }

    private async Task SmallWritesAsync(SqliteDocumentStore store, string name, Task<long>? beside)
    {
        var measurements = new Measurements();
        var before = Cpu();
        var end = Stopwatch.StartNew();
        while (beside is null ? end.Elapsed < Measured / 2 : !beside.IsCompleted)
        {
            var watch = Stopwatch.StartNew();
            await store.CreateAsync(new SmallDocument { Id = NewPost() }, default);
            measurements.Add(watch.Elapsed);
            await Task.Delay(5);
        }

        Console.WriteLine($"{name}: {measurements}{(beside is null ? "" : $", {await beside / end.Elapsed.TotalSeconds:N0} entries/s")}, processor {(Cpu() - before) / end.Elapsed:P0} of a core");
    }

    private async Task ReadsAsync(SqliteDocumentStore store)
    {
        const int Pages = 4_000;
        var before = Cpu();
        for (var i = 0; i < Pages; i++)
        {
            await store.QueryAsync<FeedEntry>(new(owners[i % Feeds], 20) { Descending = true }, default);
        }

        Console.WriteLine($"pages of 20 entries from the file: {(Cpu() - before).TotalMicroseconds / Pages:F0} us of processor time each");
    }

    /// <summary>Something small in the main file.</summary>
    private sealed record SmallDocument : Document, IDocument<SmallDocument>
    {
        /// <inheritdoc/>
        public static ContainerDefinition Container { get; } = new("benchmark", "/id");

        /// <inheritdoc/>
        public override string PartitionKey => Id;
    }
}
