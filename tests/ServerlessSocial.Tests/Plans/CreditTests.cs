using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Plans;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Tests.Images;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Plans;

public sealed class CreditTests
{
    [Fact]
    public async Task The_price_is_said_before_the_call_and_on_its_answer_and_paid_when_the_picture_is_there()
    {
        var go = new TaskCompletionSource();
        var model = new ScriptedModel(async (_, _) =>
        {
            await go.Task;
            return ScriptedModel.Picture;
        });
        await using var host = await TestHost.StartAsync(["Plans:Free:Image=10", "Plans:Prices:Image=4"], model.Register);
        var anna = await host.SignUpAsync("anna");

        var before = await anna.GetAsync("me/credits");
        using var accepted = await anna.Client.PostAsJsonAsync("images", new { prompt = "A tree" });
        var id = (await accepted.Content.ReadFromJsonAsync<JsonElement>()).Id();
        var during = await anna.GetAsync("me/credits");
        go.SetResult();
        await host.SettleAsync();
        var after = await anna.GetAsync("me/credits");

        var price = Assert.Single(before.GetProperty("prices").EnumerateArray());
        Assert.Equal(("image", "POST /api/images", 4), (price.Text("kind"), price.Text("call"), price.GetProperty("credits").GetInt32()));
        Assert.Equal("free", before.Text("plan"));
        Assert.Empty(before.GetProperty("items").EnumerateArray());
        Assert.StartsWith("\"image\";c=4;r=6;t=", accepted.Headers.GetValues("Credits").Single(), StringComparison.Ordinal);
        Assert.Equal((10, 0, 0, 10), Balance(before));
        Assert.Equal((10, 0, 4, 6), Balance(during));
        Assert.Equal((10, 4, 0, 6), Balance(after));
        Assert.Equal((id, "reserved"), Entry(during));
        Assert.Equal((id, "settled"), Entry(after));
    }

    [Fact]
    public async Task A_picture_that_is_refused_or_fails_costs_nothing_and_the_ledger_says_so()
    {
        var model = new ScriptedModel((_, request) => request.Prompt.Contains("tree", StringComparison.Ordinal)
            ? throw new HttpRequestException("The model is out.")
            : Task.FromResult<GeneratedImage>(new ImageRefused("No.")));
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");

        await ImageTests.AskAsync(anna, "A tree");
        await ImageTests.AskAsync(anna, "A house");
        await ImageTests.AskAsync(anna, "I will kill you and your family tomorrow");
        await host.SettleAsync();

        var credits = await anna.GetAsync("me/credits");
        Assert.Equal((50, 0, 0, 50), Balance(credits));
        Assert.Equal(["released", "released", "released"], credits.GetProperty("items").EnumerateArray().Select(entry => entry.Text("status")));
    }

    [Fact]
    public async Task Of_a_hundred_calls_at_once_exactly_as_many_pass_as_there_are_credits()
    {
        var model = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(["Plans:Free:Image=37"], model.Register);
        var anna = await host.SignUpAsync("anna");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => anna.Client.PostAsJsonAsync("images", new { prompt = "A tree" })));
        await host.SettleAsync();

        Assert.Equal(37, answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted));
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.Accepted), answer => Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode));
        Assert.Equal((37, 37, 0, 0), Balance(await anna.GetAsync("me/credits")));
        Assert.Equal(37, model.Calls);
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal("credits-used-up", await refused.ProblemAsync());
        Assert.StartsWith("\"image\";c=1;r=0;t=", refused.Headers.GetValues("Credits").Single(), StringComparison.Ordinal);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task The_same_call_again_and_again_at_once_is_one_charge()
    {
        var model = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(configure: model.Register);
        var anna = await host.SignUpAsync("anna");

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ImageTests.AskAsync(anna, "A tree", "once")));
        await host.SettleAsync();

        Assert.Single(ids.Distinct());
        Assert.Equal((50, 1, 0, 49), Balance(await anna.GetAsync("me/credits")));
    }

    [Fact]
    public async Task Instances_that_charge_one_person_at_once_are_exact_together_whatever_is_repeated()
    {
        await using var host = await TestHost.StartAsync(["Plans:Free:Image=30"]);
        var anna = await host.SignUpAsync("anna");
        var instances = Enumerable.Range(0, 4).Select(_ => ActivatorUtilities.CreateInstance<Credits>(host.Services, new CreditTurns())).ToList();
        var calls = Enumerable.Range(0, 100).Select(_ => Ids.New(DateTimeOffset.UtcNow)).ToList();

        // Every call twice, on two instances; of those that hold something a third fails, twice, and the others succeed, twice.
        var held = await Task.WhenAll(calls.SelectMany((call, i) => new[] { i, i + 1 }.Select(async at =>
            (Call: call, Held: (await instances[at % 4].ReserveAsync(anna.Id, call, CallKind.Image, default)).Value is not null))));
        var passed = held.Where(one => one.Held).Select(one => one.Call).Distinct().ToList();
        await Task.WhenAll(passed.SelectMany((call, i) => new[] { i, i + 1 }.Select(async at =>
            await (i % 3 == 0 ? instances[at % 4].ReleaseAsync(anna.Id, call, default) : instances[at % 4].SettleAsync(anna.Id, call, default)))));

        Assert.Equal(30, passed.Count);
        Assert.Equal((30, 20, 0, 10), Balance(await anna.GetAsync("me/credits")));
    }

    [Fact]
    public async Task A_crash_between_reservation_and_job_leaves_the_credits_free_again_after_a_while()
    {
        await using var host = await TestHost.StartAsync(["Plans:Free:Image=1", "Plans:Hold=00:01:00"]);
        var anna = await host.SignUpAsync("anna");
        var time = new Clock(DateTimeOffset.UtcNow);
        var credits = ActivatorUtilities.CreateInstance<Credits>(host.Services, new CreditTurns(), time);
        var (died, next) = (Ids.New(time.GetUtcNow()), Ids.New(time.GetUtcNow()));

        Assert.Null((await credits.ReserveAsync(anna.Id, died, CallKind.Image, default)).Error);
        Assert.IsType<CreditsUsedUp>((await credits.ReserveAsync(anna.Id, next, CallKind.Image, default)).Error);
        time.Now += TimeSpan.FromSeconds(61);
        Assert.Null((await credits.ReserveAsync(anna.Id, next, CallKind.Image, default)).Error);

        // What was taken for dead comes back, and finds that there is nothing left for it.
        Assert.IsType<CreditsUsedUp>((await credits.ReserveAsync(anna.Id, died, CallKind.Image, default)).Error);
        await credits.SettleAsync(anna.Id, next, default);
        Assert.Equal(new CreditBalance(CallKind.Image, 1, 1, 0, 0), Assert.Single((await credits.BalanceAsync(anna.Id, default)).Balances));
    }

    [Fact]
    public async Task Work_that_is_tried_again_keeps_its_credits_however_long_it_takes()
    {
        await using var host = await TestHost.StartAsync(["Plans:Free:Image=1", "Plans:Hold=00:10:00"]);
        var anna = await host.SignUpAsync("anna");
        var time = new Clock(DateTimeOffset.UtcNow);
        var credits = ActivatorUtilities.CreateInstance<Credits>(host.Services, new CreditTurns(), time);
        var call = Ids.New(time.GetUtcNow());

        for (var tries = 0; tries < 10; tries++, time.Now += TimeSpan.FromMinutes(9))
        {
            Assert.Null((await credits.ReserveAsync(anna.Id, call, CallKind.Image, default)).Error);
            var other = (await credits.ReserveAsync(anna.Id, Ids.New(Ids.TimeOf(call)), CallKind.Image, default)).Error;
            Assert.IsType<CreditsUsedUp>(other);
        }
    }

    [Fact]
    public async Task A_host_that_dies_between_drawing_and_paying_draws_once_and_is_paid_once()
    {
        var data = Directory.CreateTempSubdirectory("credits-").FullName;
        var drawing = new TaskCompletionSource();
        var stuck = new ScriptedModel(async (_, _) =>
        {
            drawing.TrySetResult();
            await Task.Delay(Timeout.Infinite);
            return ScriptedModel.Picture;
        });
        var model = new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture));
        string id;
        TestUser anna;
        await using (var dies = await TestHost.StartAsync(configure: stuck.Register, dataDirectory: data))
        {
            anna = await dies.SignUpAsync("anna");
            id = await ImageTests.AskAsync(anna, "A tree");
            await drawing.Task;
        }

        await using (var host = await TestHost.StartAsync(configure: model.Register, dataDirectory: data))
        {
            anna = anna with { Client = host.NewClient(await host.TokenAsync("anna")) };
            await Eventually.HoldsAsync(async () => (await anna.GetAsync($"images/{id}")).Text("status") == "done");
            await host.SettleAsync();
            Assert.Equal((50, 1, 0, 49), Balance(await anna.GetAsync("me/credits")));

            // As after a crash between paying and saying so.
            await host.Services.GetRequiredService<Credits>().ReserveAsync(anna.Id, id, CallKind.Image, default);
            await host.Services.GetRequiredService<Credits>().SettleAsync(anna.Id, id, default);
            Assert.Equal((50, 1, 0, 49), Balance(await anna.GetAsync("me/credits")));
        }

        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_ledger_is_paged_over_days_newest_first_and_its_owners_alone()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        var credits = host.Services.GetRequiredService<Credits>();
        var now = DateTimeOffset.UtcNow;
        var calls = Enumerable.Range(0, 45).Select(i => Ids.New(now.AddHours(-8 * i))).ToList();
        foreach (var call in calls)
        {
            await credits.ReserveAsync(anna.Id, call, CallKind.Image, default);
        }

        var listed = new List<string>();
        string? path = "me/credits?limit=7";
        var pages = 0;
        for (; path is not null; pages++)
        {
            var page = await anna.GetAsync(path);
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(entry => entry.Id()));
            path = page.TryGetProperty("next", out var next) ? $"me/credits?limit=7&cursor={next.GetString()}" : null;
        }

        Assert.Equal(calls, listed);
        Assert.Equal(7, pages);
        Assert.Empty((await berta.GetAsync("me/credits")).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.Unauthorized, await host.Anonymous.StatusAsync("me/credits"));
        var first = await anna.GetAsync("me/credits?limit=7");
        using var stolen = await berta.Client.GetAsync($"me/credits?cursor={first.Text("next")}");
        Assert.Equal("bad-cursor", await stolen.ProblemAsync());
    }

    [Fact]
    public async Task A_plan_without_credits_for_it_says_that_waiting_does_not_help()
    {
        await using var host = await TestHost.StartAsync(["Plans:Free:Image=0"]);
        var anna = await host.SignUpAsync("anna");

        using var refused = await anna.Client.PostAsJsonAsync("images", new { prompt = "A tree" });

        Assert.Equal((HttpStatusCode.Forbidden, "not-in-plan"), (refused.StatusCode, await refused.ProblemAsync()));
        Assert.Null(refused.Headers.RetryAfter);
    }

    [Fact]
    public void Calls_that_all_fail_do_not_fill_a_day()
    {
        var now = DateTimeOffset.UtcNow;
        var day = CreditDayDocument.Of("anna", CreditDayDocument.IdOf(now), 90);
        for (var i = 0; i < 500; i++)
        {
            var charge = new Charge(Ids.New(now.AddMilliseconds(i)), CallKind.Image, 1, ChargeState.Reserved, now.AddHours(1), null);
            day = day.Reserve(charge, 50, now).Release(charge.CallId, now);
        }

        Assert.InRange(day.Charges.Count, 100, 101);
        Assert.Equal(0, day.Taken(CallKind.Image, now));
    }

    internal static (int Daily, int Settled, int Reserved, int Left) Balance(JsonElement credits)
    {
        var image = Assert.Single(credits.GetProperty("balances").EnumerateArray());
        return (Number("daily"), Number("settled"), Number("reserved"), Number("left"));

        int Number(string name) => image.GetProperty(name).GetInt32();
    }

    private static (string?, string?) Entry(JsonElement credits)
    {
        var entry = Assert.Single(credits.GetProperty("items").EnumerateArray());
        return (entry.Id(), entry.Text("status"));
    }

    /// <summary>A clock that a test sets.</summary>
    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
