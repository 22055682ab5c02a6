using System.Collections.Concurrent;
using System.Diagnostics;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.Running;
using Xunit.Abstractions;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>
/// How long the published worker takes from the start of its process. To compare two builds: <c>AZURE_HOST_FOLDER=FOLDER dotnet test
/// tests/ServerlessSocial.ContractTests --filter StartTests --logger "console;verbosity=detailed"</c>, in turns. Processor time says more
/// than the clock on a busy machine.
/// </summary>
[Collection(AzureSuites.Name)]
[NeedsAzurite]
[NeedsNode]
public sealed class StartTests(ITestOutputHelper output)
{
    private const int Starts = 3;

    /// <summary>The Functions host gives up on an app after 30 seconds; this leaves room for a busy machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);

    [ContractFact]
    public async Task A_worker_answers_and_makes_a_post_visible_soon_after_its_start()
    {
        await PublishedFunctions.FolderAsync();
        await using var services = await AzureServices.StartAsync();
        for (var start = 1; start <= Starts; start++)
        {
            var watch = Stopwatch.StartNew();
            await using var host = await services.StartHostAsync(new ConcurrentQueue<string>().Enqueue);
            using var person = new Person(host.Address, services.Issuer.Token($"start{start}"));
            await person.DoAsync("GET health");
            var (answered, answeredWork) = (watch.Elapsed, await host.ProcessorTimeAsync());
            await person.DoAsync("POST profiles", new { handle = $"start{start}", displayName = "Early" });
            var post = await person.DoAsync("POST posts", new { text = "The first one" });
            await person.UntilAsync($"GET posts/{post["id"]}", found => (string)found["moderation"]!["status"]! == "approved");
            var (visible, visibleWork) = (watch.Elapsed, await host.ProcessorTimeAsync());
            output.WriteLine($"{start}: first answer after {answered.TotalSeconds:F2} s ({answeredWork.TotalSeconds:F2} s of processors), first post visible after {visible.TotalSeconds:F2} s ({visibleWork.TotalSeconds:F2} s)");
            Assert.True(answeredWork < Limit, $"The first answer took {answeredWork} of processor time.");
        }
    }
}
