using System.Diagnostics.Metrics;

namespace ServerlessSocial.Platform.Telemetry;

/// <summary>Request units that document operations cost: a metric per container and operation, and a sum per HTTP request.</summary>
public static class RequestCharge
{
    private static readonly AsyncLocal<Sum?> Current = new();

    private static readonly Counter<double> Charge = ServiceTelemetry.Meter.CreateCounter<double>(
        "serverless_social.documents.request_charge", "{RU}", "Request units by container and operation.");

    private static readonly Histogram<double> PerRequest = ServiceTelemetry.Meter.CreateHistogram<double>(
        "serverless_social.http.request_charge", "{RU}", "Request units of one HTTP request, by function.");

    /// <summary>Notes what an operation cost.</summary>
    public static void Add(string container, string operation, double units)
    {
        Charge.Add(units, new("container", container), new("operation", operation));
        Current.Value?.Add(units);
    }

    /// <summary>Sums what happens until the result is disposed, and records it for a function.</summary>
    public static IDisposable Measure(string function)
    {
        var sum = new Sum(function);
        Current.Value = sum;
        return sum;
    }

    private sealed class Sum(string function) : IDisposable
    {
        private readonly Lock gate = new();
        private double total;

        public void Add(double units)
        {
            lock (gate)
            {
                total += units;
            }
        }

        public void Dispose()
        {
            Current.Value = null;
            if (total > 0)
            {
                PerRequest.Record(total, new KeyValuePair<string, object?>("function", function));
            }
        }
    }
}
