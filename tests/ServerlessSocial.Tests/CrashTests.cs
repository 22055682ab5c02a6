using ServerlessSocial.CrashTest;
using Xunit.Abstractions;

namespace ServerlessSocial.Tests;

/// <summary>The short form of the crash test; the long form is the command <c>dotnet run -c Release --project tests/ServerlessSocial.CrashTest</c>.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_host_is_killed_while_people_write()
    {
        using var log = new StringWriter();
        await using var host = new LocalCrashHost();
        var report = await new CrashRun(new CrashOptions(Kills: 3, Writers: 5, Seed: 1), host, log).RunAsync();
        output.WriteLine(log.ToString());

        Assert.Empty(report.Problems);
        Assert.True(report.Acknowledged > 0);
        Assert.True(report.Repeats > 0, "No request met a killed host: the test proved nothing.");
    }
}
