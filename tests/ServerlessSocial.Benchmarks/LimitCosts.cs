using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Benchmarks;

/// <summary>
/// What limiting callers costs each call, on average, beside what it asks for itself: whoever does nothing but this, at a pace at which the bucket
/// stays full, has one document replaced whenever an instance has let a bucket's credit pass (<see cref="Rate.Credit"/>).
/// </summary>
public static class LimitCosts
{
    private static readonly IReadOnlyList<Rate> Rates = new LimitOptions().Rates(isNew: false);

    private static readonly Dictionary<string, LimitAttribute> Limits = FunctionCatalog.TriggeredBy<HttpTriggerAttribute>()
        .Where(entry => entry.Trigger.Methods is { Length: > 0 })
        .ToDictionary(entry => $"{entry.Trigger.Methods![0].ToUpperInvariant()} /{entry.Trigger.Route}", entry => entry.Function.Method.GetCustomAttribute<LimitAttribute>()!);

    /// <summary>Request units of an operation by its name in the table; none for work that follows from a call.</summary>
    public static double Of(string operation, RequestCharges charges) => !Limits.TryGetValue(operation, out var limit) ? 0
        : limit.WhenCarriedOut ? Of(limit.Bucket, charges) + Of(Bucket.Reads, charges)
        : Of(limit.Bucket, charges);

    private static double Of(Bucket bucket, RequestCharges charges) => charges.Replace / Math.Ceiling(Rates[(int)bucket].Credit(0));
}
