using Microsoft.Extensions.Options;
using ServerlessSocial.ContractTests;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Platform.Pipelines;

public sealed class FairnessTests
{
    [Fact]
    public async Task Posts_of_somebody_who_writes_many_wait_and_those_of_others_do_not()
    {
        await using var host = await TestHost.StartAsync(["Fairness:AtOnce=2", "Fairness:Pause=01:00:00"]);
        var (flood, ben) = (await host.SignUpAsync("flood"), await host.SignUpAsync("ben"));
        var many = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            many.Add((await flood.PostAsync($"Number {i}")).Id());
        }

        var one = (await ben.PostAsync("Hello")).Id();

        await VisibleAsync(host, one);
        await VisibleAsync(host, many[1]);
        foreach (var later in many.Skip(2))
        {
            Assert.Equal("pending", (await flood.Client.ReadAsync($"posts/{later}")).Status());
        }
    }

    [Fact]
    public void Each_further_piece_waits_behind_the_one_before_until_the_account_has_been_quiet()
    {
        var time = new ManualTime();
        var fairness = new Fairness(Options.Create(new FairnessOptions { AtOnce = 3, Pause = TimeSpan.FromSeconds(1) }), time);
        var now = time.GetUtcNow();

        Assert.Equal([null, null, null, now.AddSeconds(1), now.AddSeconds(2)], Enumerable.Range(0, 5).Select(_ => fairness.NotBefore("queue", "a")));
        Assert.Null(fairness.NotBefore("queue", "b"));
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal([null, now.AddSeconds(4)], Enumerable.Range(0, 2).Select(_ => fairness.NotBefore("queue", "a")));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([null, null, null], Enumerable.Range(0, 3).Select(_ => fairness.NotBefore("queue", "a")));
    }

    private static async Task VisibleAsync(TestHost host, string id)
    {
        for (var waited = 0; waited < 1_000 && await host.Anonymous.StatusAsync($"posts/{id}") != System.Net.HttpStatusCode.OK; waited++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(System.Net.HttpStatusCode.OK, await host.Anonymous.StatusAsync($"posts/{id}"));
    }
}
