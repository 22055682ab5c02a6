using System.Diagnostics;

namespace ServerlessSocial.Hosts.Local.Triggers;

/// <summary>
/// Has every request begin a trace of its own. Callers are strangers: whoever could name the trace could have everything recorded that is sampled,
/// mix what is theirs with what is others', and hang all of it below a span of their choice. Calls to others carry traces as usual.
/// </summary>
internal sealed class OwnTraces : DistributedContextPropagator
{
    private static readonly DistributedContextPropagator Usual = CreateDefaultPropagator();

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Fields => Usual.Fields;

    /// <inheritdoc/>
    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) => Usual.Inject(activity, carrier, setter);

    /// <inheritdoc/>
    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
