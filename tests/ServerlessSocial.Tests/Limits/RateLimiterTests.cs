using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ServerlessSocial.ContractTests;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Platform.Pipelines;

namespace ServerlessSocial.Tests.Limits;

public sealed class RateLimiterTests : IAsyncLifetime, IDisposable
{
    private const int Burst = 100;
    private readonly ManualTime time = new();
    private readonly List<RateLimiter> instances = [];
    private TestHost host = null!;
    private UnreliableDocumentStore store = null!;

    public async Task InitializeAsync()
    {
        host = await TestHost.StartAsync();
        store = new(host.Documents());
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    public void Dispose() => instances.ForEach(instance => instance.Dispose());

    [Fact]
    public async Task One_instance_lets_exactly_a_bucket_pass_and_then_what_comes_back()
    {
        var instance = Instance();

        Assert.Equal(Burst, await PassedAsync(500, instance));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await PassedAsync(10, instance));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Burst, await PassedAsync(500, instance));
    }

    [Fact]
    public async Task Many_instances_together_let_at_most_a_quarter_each_pass_too_much_and_have_it_paid_back()
    {
        RateLimiter[] all = [Instance(), Instance(), Instance(), Instance()];

        var passed = await PassedAsync(2_000, all);

        Assert.InRange(passed, Burst, Burst + (all.Length * Burst / 4));
        time.Advance(TimeSpan.FromHours(10));
        var over = 0;
        for (var minute = 0; minute < 600; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            over += await PassedAsync(8, all);
        }

        // A full bucket, and 600 that came back meanwhile.
        Assert.InRange(over, Burst + 600 - (Burst / 4), Burst + 600 + (all.Length * Burst / 4));
    }

    [Fact]
    public async Task An_instance_that_starts_anew_learns_what_was_used()
    {
        await PassedAsync(500, Instance());

        Assert.InRange(await PassedAsync(500, Instance()), 0, Burst / 4);
    }

    [Fact]
    public async Task While_the_store_is_away_nobody_is_refused_for_that_and_nobody_gets_more_than_a_bucket_from_an_instance()
    {
        var instance = Instance();
        store.IsOut = true;

        Assert.Equal(Burst, await PassedAsync(500, instance));

        store.IsOut = false;
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, await PassedAsync(10, instance));
        Assert.InRange(await PassedAsync(500, Instance()), 0, Burst / 4);
    }

    [Fact]
    public async Task What_is_larger_than_a_bucket_takes_a_full_one()
    {
        var instance = Instance();

        Assert.Null(await instance.ChargeAsync(Request(), Bucket.Follows, Burst * 3));
        time.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(TimeSpan.FromMinutes(50), (await instance.ChargeAsync(Request(), Bucket.Follows, Burst * 3))!.Wait);
        Assert.Null(await instance.RefusalAsync(Request(), Bucket.Follows, 50));
    }

    [Theory]
    [InlineData(0, "203.0.113.9", "198.51.100.1", "203.0.113.9")]
    [InlineData(1, "127.0.0.1", "1.2.3.4, 198.51.100.1:50123", "198.51.100.1")]
    [InlineData(2, "127.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.1:1", "198.51.100.1")]
    [InlineData(1, "203.0.113.9", "", "203.0.113.9")]
    [InlineData(1, "203.0.113.9", "nonsense", "203.0.113.9")]
    [InlineData(2, "203.0.113.9", "198.51.100.1", "203.0.113.9")]
    [InlineData(1, "127.0.0.1", "[2001:db8:1:2:3:4:5:6]:443", "2001:db8:1:2::")]
    [InlineData(1, "127.0.0.1", "2001:db8:1:2:ffff::1", "2001:db8:1:2::")]
    [InlineData(0, "::ffff:203.0.113.9", "", "203.0.113.9")]
    public void An_address_is_what_trusted_proxies_say_and_not_what_the_client_writes(int proxies, string connection, string forwarded, string expected)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(connection);
        http.Request.Headers["X-Forwarded-For"] = forwarded;

        Assert.Equal(IPAddress.Parse(expected), ClientAddress.Of(http, proxies));
    }

    private static HttpRequest Request()
    {
        var http = new DefaultHttpContext();
        http.SetCaller(new Caller("account", Ids.New(DateTimeOffset.UnixEpoch), IsModerator: false));
        return http.Request;
    }

    private RateLimiter Instance()
    {
        var options = Options.Create(new LimitOptions { Follows = new Allowance(Burst, 60), LateRefusals = 0 });
        var instance = new RateLimiter(
            store, host.Services.GetRequiredService<ServiceKey>(), new LateRefusals(options, time), options, time, NullLogger<RateLimiter>.Instance);
        instances.Add(instance);
        return instance;
    }

    /// <summary>How many of so many calls pass, spread over instances in turn.</summary>
    private static async Task<int> PassedAsync(int calls, params RateLimiter[] instances)
    {
        var passed = 0;
        for (var i = 0; i < calls; i++)
        {
            passed += await instances[i % instances.Length].ChargeAsync(Request(), Bucket.Follows) is null ? 1 : 0;
        }

        return passed;
    }
}
