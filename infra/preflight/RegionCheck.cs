namespace ServerlessSocial.Preflight;

/// <summary>Whether one region has what a deployment takes.</summary>
internal static class RegionCheck
{
    /// <summary>What is missing, each with the command that helps; empty when nothing is.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(
        AzureQuestions azure, Requirements wanted, string region, CancellationToken cancellationToken)
    {
        var findings = new List<string>();
        var flex = await azure.FlexRegionsAsync(wanted.ZoneRedundant, cancellationToken);
        if (!flex.Contains(AzureQuestions.Normal(region)))
        {
            findings.Add($"""
                {region} does not have the Flex Consumption plan{(wanted.ZoneRedundant ? " with availability zones" : "")}.
                azd env set AZURE_LOCATION {wanted.Regions.FirstOrDefault(other => flex.Contains(other) && other != region) ?? "REGION"}
                az functionapp list-flexconsumption-locations --output table
                """);
        }

        if (wanted.PrivateNetworking && !await azure.RegisteredAsync("Microsoft.App", cancellationToken))
        {
            findings.Add("""
                Private networking takes the resource provider Microsoft.App, which is not registered in the subscription.
                az provider register --namespace Microsoft.App
                """);
        }

        var offered = await azure.ModelsAsync(region, cancellationToken);
        var quotas = await azure.QuotasAsync(region, cancellationToken);
        var deployed = wanted.Account.Length > 0 && wanted.ResourceGroup.Length > 0
            ? await azure.DeployedAsync(wanted.ResourceGroup, wanted.Account, cancellationToken)
            : [];
        findings.AddRange(wanted.Models.Select(model => ModelCheck.Find(model, wanted.Sku, region, offered, quotas, deployed)).OfType<string>());
        return findings;
    }
}
