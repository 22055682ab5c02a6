using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ServerlessSocial.Platform.Telemetry;

/// <summary>The product's own traces and metrics. Labels are few and never hold ids or text of people.</summary>
public static class ServiceTelemetry
{
    /// <summary>Name of the activity source and the meter.</summary>
    public const string Name = "ServerlessSocial";

    /// <summary>Source of the product's own spans.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Meter of the product's own metrics.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>Makes a histogram of durations in seconds, fine enough for milliseconds and wide enough for an hour.</summary>
    public static Histogram<double> CreateDurations(string name, string description) => Meter.CreateHistogram(
        name,
        "s",
        description,
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600] });

    /// <summary>Starts a span that continues the trace a document or message carries; null if nobody listens.</summary>
    public static Activity? Continue(string name, ActivityKind kind, string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var context)
            ? Activities.StartActivity(name, kind, context)
            : Activities.StartActivity(name, kind);

    /// <summary>
    /// Starts a span that begins a trace of its own and is linked to the present one, which a stranger may have named; null if nobody listens, and then
    /// what follows belongs to no trace.
    /// </summary>
    public static Activity? Begin(string name, ActivityKind kind)
    {
        var before = Activity.Current;
        Activity.Current = null;
        return Activities.StartActivity(name, kind, parentContext: default, links: before is null ? null : [new(before.Context)]);
    }

    /// <summary>Marks a span as failed, by the kind of error alone: messages of exceptions may quote what people wrote.</summary>
    public static void Fail(Activity? activity, Exception exception)
    {
        activity?.SetStatus(ActivityStatusCode.Error);
        activity?.SetTag("error.type", exception.GetType().FullName);
    }
}
