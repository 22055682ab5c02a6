using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Tests.Telemetry;

/// <summary>One value of a metric.</summary>
internal sealed record Measurement(string Name, double Value, IReadOnlyDictionary<string, object?> Labels);

/// <summary>Listens to spans and metrics of this process, as an exporter would: from every host that runs in it.</summary>
internal sealed class Recording : IDisposable
{
    private readonly ActivityListener spans;
    private readonly MeterListener metrics = new();

    public Recording()
    {
        spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name is ServiceTelemetry.Name or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Spans.Enqueue,
        };
        ActivitySource.AddActivityListener(spans);
        metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is ServiceTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        metrics.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Add(instrument, value, labels));
        metrics.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Add(instrument, value, labels));
        metrics.Start();
    }

    /// <summary>Spans that have ended.</summary>
    public ConcurrentQueue<Activity> Spans { get; } = new();

    /// <summary>What was measured.</summary>
    public ConcurrentQueue<Measurement> Measurements { get; } = new();

    /// <summary>The spans of a trace.</summary>
    public List<Activity> Trace(ActivityTraceId id) => [.. Spans.Where(span => span.TraceId == id)];

    /// <summary>The spans of the trace whose request links to a caller's span.</summary>
    public List<Activity> LinkedTo(ActivityContext caller) =>
        Trace(Spans.Single(span => span.Links.Any(link => link.Context.TraceId == caller.TraceId && link.Context.SpanId == caller.SpanId)).TraceId);

    public void Dispose()
    {
        spans.Dispose();
        metrics.Dispose();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var copy = new Dictionary<string, object?>();
        foreach (var (name, label) in labels)
        {
            copy[name] = label;
        }

        Measurements.Enqueue(new(instrument.Name, value, copy));
    }
}

/// <summary>Spans and metrics belong to the process, so these tests run when no other host does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TelemetryTestGroup
{
    public const string Name = "telemetry";
}
