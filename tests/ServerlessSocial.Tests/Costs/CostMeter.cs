using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Benchmarks;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Tests.Costs;

/// <summary>Counts what requests, and the work that follows from them, ask of store and queues.</summary>
internal sealed class CostMeter(IHttpContextAccessor http)
{
    private readonly Lock gate = new();
    private OperationCounts requests = OperationCounts.None;
    private OperationCounts work = OperationCounts.None;

    /// <summary>What each logical partition had to do, whoever asked. Partitions of different containers that have the same key count as one.</summary>
    public Dictionary<string, OperationCounts> Partitions { get; } = [];

    /// <summary>Notes an operation, by who asks for it: a request, or a function behind a queue or a change feed.</summary>
    /// <param name="partition">Key of the logical partition; null for none.</param>
    /// <param name="counts">The operation.</param>
    public void Add(string? partition, OperationCounts counts)
    {
        var asked = http.HttpContext is not null;
        lock (gate)
        {
            (requests, work) = asked ? (requests + counts, work) : (requests, work + counts);
            if (partition is not null)
            {
                Partitions[partition] = Partitions.GetValueOrDefault(partition, OperationCounts.None) + counts;
            }
        }
    }

    /// <summary>What was counted since the last time.</summary>
    public (OperationCounts Requests, OperationCounts Work) Take()
    {
        lock (gate)
        {
            var counted = (requests, work);
            (requests, work) = (OperationCounts.None, OperationCounts.None);
            return counted;
        }
    }

    /// <summary>Puts the meter between the product and its adapters. Timers are left out: they cost by the minute, not by the operation.</summary>
    public static void Register(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddSingleton<CostMeter>();
        services.AddSingleton(provider => new CountingDocumentStore(
            provider.GetRequiredService<SqliteDocumentStore>(), provider.GetRequiredService<SqliteDocumentStore>(), provider.GetRequiredService<CostMeter>()));
        services.AddSingleton<IDocumentStore>(provider => provider.GetRequiredService<CountingDocumentStore>());
        services.AddSingleton<ISearchIndex>(provider => provider.GetRequiredService<CountingDocumentStore>());
        services.AddSingleton<IWorkQueue>(provider => new CountingWorkQueue(
            provider.GetRequiredService<SqliteWorkQueue>(), provider.GetRequiredService<CostMeter>()));
        services.Remove(services.Single(service => service.ImplementationType == typeof(TimerPump)));
    }
}
