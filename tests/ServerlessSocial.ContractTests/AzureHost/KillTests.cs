using System.Globalization;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.CrashTest;
using Xunit.Abstractions;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>
/// The crash test's account on the Azure host. <c>AZURE_KILLS=10 dotnet test tests/ServerlessSocial.ContractTests --filter KillTests</c>
/// is the long form.
/// </summary>
[Collection(AzureSuites.Name)]
[NeedsAzurite]
[NeedsNode]
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("AZURE_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 4;

    [ContractFact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_when_worker_or_instance_is_killed_while_people_write()
    {
        var lines = new StringWriter();
        using var log = TextWriter.Synchronized(lines);
        try
        {
            await using var services = await AzureServices.StartAsync();
            await using var host = new AzureCrashHost(services, log.WriteLine);
            var report = await new CrashRun(new CrashOptions(Kills, Writers: 4, Seed: 1), host, log).RunAsync();
            log.WriteLine($"{report.Acknowledged} writes acknowledged, {report.Repeats} requests repeated, {report.Kills} kills");

            Assert.Empty(report.Problems);
            Assert.True(report.Acknowledged > Kills, "Nobody wrote between the kills: the test proved nothing.");
            Assert.True(report.Repeats > 0, "No request met a killed host: the test proved nothing.");
        }
        finally
        {
            output.WriteLine(lines.ToString());
        }
    }
}
