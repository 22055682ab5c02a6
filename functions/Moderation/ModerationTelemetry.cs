using System.Diagnostics.Metrics;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Moderation;

/// <summary>Counts decisions by outcome and by who took them, so that a classifier that suddenly holds everything shows.</summary>
internal static class ModerationTelemetry
{
    private static readonly Counter<long> Decisions = ServiceTelemetry.Meter.CreateCounter<long>(
        "serverless_social.moderation.decisions", "{decision}", "Moderation decisions by status and by who took them.");

    public static void Decided(ModerationStatus status, DecidedBy by) =>
        Decisions.Add(1, new("status", status.ToString()), new("by", by.ToString()));
}
