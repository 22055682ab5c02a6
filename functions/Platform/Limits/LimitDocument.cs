using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Platform.Limits;

/// <summary>
/// What a caller has used of all buckets, as far as instances have settled it: one document, because one write then settles everything. It
/// goes by itself once everything is forgotten.
/// </summary>
[PersonalData(Belongs.ToAccount)]
public sealed record LimitDocument : Document, IDocument<LimitDocument>
{
    /// <summary>Seconds that clocks may disagree.</summary>
    private const int Spare = 60;

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("limits", "/id") { DefaultTimeToLive = 7 * 24 * 60 * 60 };

    /// <summary>When <see cref="Used"/> was so.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Units used and not forgotten, by bucket; those of which nothing was used are left out.</summary>
    public required IReadOnlyDictionary<Bucket, double> Used { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;

    /// <summary>The document after further use. Pure.</summary>
    /// <param name="found">What is stored; null for nothing.</param>
    /// <param name="id">Id of the document.</param>
    /// <param name="further">Units to add, by the bucket's number.</param>
    /// <param name="rates">The caller's rates.</param>
    /// <param name="now">The present.</param>
    public static LimitDocument After(LimitDocument? found, string id, IReadOnlyList<double> further, IReadOnlyList<Rate> rates, DateTimeOffset now)
    {
        var at = found is null || now > found.At ? now : found.At;
        var used = new Dictionary<Bucket, double>();
        var lasting = 0.0;
        for (var i = 0; i < rates.Count; i++)
        {
            var units = (found?.UsedAt((Bucket)i, rates[i], at) ?? 0) + further[i];
            if (units > 0)
            {
                used.Add((Bucket)i, Math.Round(units, 3));
                lasting = Math.Max(lasting, units / rates[i].PerSecond);
            }
        }

        return new() { Id = id, ETag = found?.ETag, Revision = found?.Revision ?? 0, At = at, Used = used, Ttl = (int)Math.Min(Container.DefaultTimeToLive!.Value, Math.Ceiling(lasting) + Spare) };
    }

    /// <summary>What of a bucket's use is not forgotten at a moment.</summary>
    public double UsedAt(Bucket bucket, Rate rate, DateTimeOffset now) => rate.After(Used.GetValueOrDefault(bucket), now - At);
}
