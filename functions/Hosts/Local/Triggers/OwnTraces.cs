using System.Diagnostics;

namespace ServerlessSocial.Hosts.Local.Triggers;

/// <summary>
/// Begins a trace of its own for every request instead of continuing the caller's (<c>traceparent</c>, W3C Trace Context, section 3): strangers could put what
/// they ask for into anybody's trace, and decide what is sampled. <see cref="RequestSpan"/> links to theirs. What goes out from here is traced as ever.
/// </summary>
internal sealed class OwnTraces : DistributedContextPropagator
{
    private readonly DistributedContextPropagator outgoing = CreateDefaultPropagator();

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Fields => outgoing.Fields;

    /// <inheritdoc/>
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) => outgoing.Inject(activity, carrier, setter);

    /// <inheritdoc/>
    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
