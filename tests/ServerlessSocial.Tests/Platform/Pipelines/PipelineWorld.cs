using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.ContractTests;
using ServerlessSocial.Hosts;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Tests.Platform.Pipelines;

/// <summary>A host with the pauses of real life, whose clock, store and classifier obey the test.</summary>
internal sealed class PipelineWorld : IAsyncDisposable
{
    private PipelineWorld(TestHost host, ManualTime time, UnreliableDocumentStore store) => (Host, Time, Store) = (host, time, store);

    public TestHost Host { get; }

    public ManualTime Time { get; }

    public UnreliableDocumentStore Store { get; }

    public SqliteWorkQueue Queue => Host.Services.GetRequiredService<SqliteWorkQueue>();

    public Dispatcher Dispatcher => Host.Services.GetRequiredService<Dispatcher>();

    public static async Task<PipelineWorld> StartAsync(Func<ManualTime, ITextClassifier>? classifier = null, params string[] settings)
    {
        var time = new ManualTime();
        UnreliableDocumentStore? store = null;
        var host = await TestHost.StartAsync(
            ["Retries:ShortPause=00:00:00.125", "Retries:FirstPause=00:00:02", "Retries:LongestPause=00:10:00", .. settings],
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(time);
                builder.Services.AddSingleton<IDocumentStore>(provider => store = new(provider.GetRequiredService<SqliteDocumentStore>()));
                if (classifier is not null)
                {
                    builder.Services.AddSingleton(classifier(time));
                }
            });
        return new(host, time, store!);
    }

    /// <summary>Lets time pass, step by step; after each, what can be done is done.</summary>
    public async Task PassAsync(TimeSpan span, TimeSpan? step = null)
    {
        await RestAsync();
        for (var passed = TimeSpan.Zero; passed < span; passed += step ?? TimeSpan.FromSeconds(30))
        {
            Time.Advance(step ?? TimeSpan.FromSeconds(30));
            await RestAsync();
        }
    }

    /// <summary>Messages of a queue: for later, and given up on.</summary>
    public async Task<(long Scheduled, long DeadLettered)> CountAsync(string queue)
    {
        var counts = (await Queue.CountsAsync(default))[queue];
        return (counts.Scheduled, counts.DeadLettered);
    }

    /// <summary>All entries of the waiting index, wherever they lie.</summary>
    public async Task<IReadOnlyList<WaitingDocument>> WaitingAsync()
    {
        var found = new List<WaitingDocument>();
        foreach (var partition in Product.Queues.SelectMany(queue => WaitingIndex.Partitions(queue.Name, 8)))
        {
            found.AddRange((await Host.Services.GetRequiredService<SqliteDocumentStore>().QueryAsync<WaitingDocument>(new(partition, 1000), default)).Items);
        }

        return found;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>Waits until no message can be worked on now, for a moment: what follows from the last one takes a moment to be sent.</summary>
    private async Task RestAsync()
    {
        for (var quiet = 0; quiet < 5; quiet++)
        {
            if ((await Queue.CountsAsync(default)).Values.Any(counts => counts.Active + counts.Locked > 0))
            {
                quiet = -1;
            }

            await Task.Delay(5);
        }
    }
}

/// <summary>A classifier that the test scripts; it notes when it was called.</summary>
internal sealed class ScriptedClassifier(TimeProvider time, Action<DateTimeOffset> answer) : ITextClassifier
{
    private readonly List<DateTimeOffset> calls = [];

    public string Name => "scripted";

    public IReadOnlyList<DateTimeOffset> Calls
    {
        get
        {
            lock (calls)
            {
                return [.. calls];
            }
        }
    }

    public Task<IReadOnlyList<HarmScore>> ClassifyAsync(string text, string? language, CancellationToken cancellationToken)
    {
        // These tests are about posts: profiles of those who sign up are none of theirs.
        if (text.EndsWith("of the tests", StringComparison.Ordinal))
        {
            return Task.FromResult<IReadOnlyList<HarmScore>>([]);
        }

        var now = time.GetUtcNow();
        lock (calls)
        {
            calls.Add(now);
        }

        answer(now);
        return Task.FromResult<IReadOnlyList<HarmScore>>([]);
    }
}
