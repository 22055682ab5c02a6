namespace ServerlessSocial.Preflight;

/// <summary>
/// What azd runs before it creates anything (<c>preprovision</c> in <c>azure.yaml</c>): asks Azure whether region, models and quota are
/// there. A deployment that lacks one fails after ten minutes, half made; this says in one what to change.
/// </summary>
internal static class PreflightCheck
{
    private const string Off = "`azd env set AZURE_PREFLIGHT off` leaves this check out.";

    /// <summary>Runs the check.</summary>
    /// <param name="environment">Environment variables; azd hands those of its environment to its hooks.</param>
    /// <param name="bicep">Path of <c>main.bicep</c>, which holds the defaults.</param>
    /// <param name="output">Where findings are told.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <returns>0 to go on: all is there, or nobody can be asked; 1 to stop: something is missing.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyDictionary<string, string> environment, string bicep, TextWriter output, CancellationToken cancellationToken)
    {
        var wanted = Requirements.Read(environment, await File.ReadAllTextAsync(bicep, cancellationToken));
        if (wanted.SwitchedOff)
        {
            return 0;
        }

        if (AzureCli.Find(environment) is not { } path)
        {
            output.WriteLine("Preflight: the Azure CLI (az) is not installed, so nobody was asked whether region, models and quota are there. https://aka.ms/azcli");
            return 0;
        }

        var azure = new AzureQuestions(new AzureCli(path, environment), wanted.Subscription);
        try
        {
            return await azure.SignedInAsync(cancellationToken)
                ? Tell(await FindAsync(azure, wanted, output, cancellationToken), wanted, output)
                : NotSignedIn(output);
        }
        catch (AzureCliException exception)
        {
            output.WriteLine($"Preflight: {exception.Message}\nNot everything could be checked. {Off}");
            return 0;
        }
    }

    private static async Task<IReadOnlyList<string>> FindAsync(
        AzureQuestions azure, Requirements wanted, TextWriter output, CancellationToken cancellationToken)
    {
        if (wanted.Region.Length > 0)
        {
            return await RegionCheck.FindAsync(azure, wanted, wanted.Region, cancellationToken);
        }

        // azd asks for the region only after this hook; what it should be answered can be said now.
        output.WriteLine("Preflight: no region is chosen yet. Those of this template:");
        foreach (var region in wanted.Regions)
        {
            var findings = await RegionCheck.FindAsync(azure, wanted, region, cancellationToken);
            output.WriteLine(findings.Count == 0 ? $"  {region}: has everything" : $"  {region}: {findings[0].Split('\n')[0]}");
        }

        return [];
    }

    private static int Tell(IReadOnlyList<string> findings, Requirements wanted, TextWriter output)
    {
        if (findings.Count == 0)
        {
            if (wanted.Region.Length > 0)
            {
                output.WriteLine($"Preflight: {wanted.Region} has the plan, the models and the quota.");
            }

            return 0;
        }

        output.WriteLine("Preflight: nothing was created, because something is missing.");
        foreach (var finding in findings)
        {
            output.WriteLine($"* {finding.ReplaceLineEndings("\n  ")}");
        }

        output.WriteLine(Off);
        return 1;
    }

    private static int NotSignedIn(TextWriter output)
    {
        output.WriteLine("Preflight: the Azure CLI is not signed in (`az login`), so nobody was asked whether region, models and quota are there.");
        return 0;
    }
}
