namespace ServerlessSocial.Preflight;

/// <summary>Whether a region lets a model be deployed, and the subscription's quota covers it.</summary>
internal static class ModelCheck
{
    /// <summary>Kind of the account that <c>openai.bicep</c> makes.</summary>
    private const string AccountKind = "OpenAI";

    /// <summary>What is missing; null when nothing is.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sku">Sort of deployment.</param>
    /// <param name="region">The region.</param>
    /// <param name="offered">What the region offers.</param>
    /// <param name="quotas">Quotas of the subscription there.</param>
    /// <param name="deployed">What an earlier deployment holds: it may stay, and its quota is its own.</param>
    public static string? Find(
        WantedModel model,
        string sku,
        string region,
        IReadOnlyList<OfferedModel> offered,
        IReadOnlyDictionary<string, Quota> quotas,
        IReadOnlyList<DeployedModel> deployed)
    {
        var own = deployed.FirstOrDefault(one => one.Name == model.Name);
        var usable = offered.Where(one => one.Kind is AccountKind or "" && one.Sku == sku).ToList();
        var found = usable.FirstOrDefault(one => one.Name == model.Name && one.Version == model.Version);
        if (found is null or { Deprecated: true } && own?.Version != model.Version)
        {
            return Missing(model, sku, region, found is not null, usable);
        }

        // A quota that is not listed was never set for the subscription; Azure decides then.
        var quota = quotas.GetValueOrDefault(found?.QuotaName is { Length: > 0 } name ? name : $"OpenAI.{sku}.{model.Name}");
        var free = quota is null ? double.PositiveInfinity : quota.Limit - quota.Used + (own?.Capacity ?? 0);
        return free >= model.Capacity ? null : TooLittle(model, region, quota!.Limit, Math.Max(0, free));
    }

    private static string Missing(WantedModel model, string sku, string region, bool deprecated, IReadOnlyList<OfferedModel> usable)
    {
        var others = usable
            .Where(one => !one.Deprecated && (one.Name == model.Name || one.Capabilities.Contains(model.Capability)))
            .OrderByDescending(one => one.Name == model.Name)
            .ThenByDescending(one => one.Version, StringComparer.Ordinal)
            .Select(one => (one.Name, one.Version))
            .Distinct()
            .Take(5)
            .ToList();
        var (name, version) = others.Count > 0 ? others[0] : ("MODEL", "VERSION");
        return $"""
            {model.Name} {model.Version} {(deprecated ? "takes no new deployments any more" : $"is not offered as {sku}")} in {region}. Offered there: {(others.Count > 0 ? string.Join(", ", others.Select(one => $"{one.Name} {one.Version}")) : "none of its sort")}.
            azd env set {model.Variable} {name}
            azd env set {model.Variable}_VERSION {version}
            az cognitiveservices model list --location {region} --output table
            """;
    }

    private static string TooLittle(WantedModel model, string region, double limit, double free) => $"""
        The quota of {model.Name} in {region} leaves {free:0} of {limit:0}, and the deployment takes {model.Capacity}. More is asked for at https://aka.ms/oai/stuff/quotaincrease
        azd env set {model.Variable}_CAPACITY {(free >= 1 ? $"{free:0}" : "CAPACITY")}
        az cognitiveservices usage list --location {region} --output table
        """;
}
