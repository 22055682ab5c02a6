using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Tests.Images;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Plans;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Platform.Ai;

public sealed class SpendCeilingTests
{
    [Fact]
    public async Task At_the_days_ceiling_nothing_is_made_by_models_and_everything_else_goes_on()
    {
        var model = Dear();
        await using var host = await TestHost.StartAsync(["Models:DailyDollars=0.05"], model.Register);
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        await ImageTests.AskAsync(anna, "A tree", "k1");
        await ImageTests.AskAsync(anna, "A house");
        await host.SettleAsync();

        using var refused = await berta.Client.PostAsJsonAsync("images", new { prompt = "A boat" });
        var post = await host.PostAsync(berta, "A fine day");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "spend-ceiling"), (refused.StatusCode, await refused.ProblemAsync()));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Assert.Equal("approved", ModeratedHost.StatusOf(await berta.GetAsync($"posts/{post}")));
        Assert.Equal(0, CreditTests.Balance(await berta.GetAsync("me/credits")).Reserved);

        // What was answered before is answered again.
        await ImageTests.AskAsync(anna, "A tree", "k1");
        Assert.Equal(2, model.Calls);
    }

    [Fact]
    public async Task What_was_accepted_before_the_ceiling_is_not_made_after_it_and_costs_nothing()
    {
        var model = Dear();
        await using var host = await TestHost.StartAsync(["Models:DailyDollars=1"], model.Register);
        var anna = await host.SignUpAsync("anna");
        await host.Documents().CreateAsync(ModelSpendDocument.Of(ModelSpendDocument.DayOf(DateTimeOffset.UtcNow)) with { Dollars = 2 }, default);
        var job = new ServerlessSocial.Images.ImageJobDocument
        {
            Id = Ids.New(DateTimeOffset.UtcNow),
            OwnerId = anna.Id,
            Prompt = "A tree",
            Width = 1024,
            Height = 1024,
            CreatedAt = DateTimeOffset.UtcNow,
            WorkSince = DateTimeOffset.UtcNow,
        };
        await host.Documents().CreateAsync(job, default);
        await host.SettleAsync();

        var failed = await anna.GetAsync($"images/{job.Id}");
        Assert.Equal(("failed", "image.paused"), (failed.Text("status"), failed.Text("reasonCode")));
        Assert.Equal((50, 0, 0, 50), CreditTests.Balance(await anna.GetAsync("me/credits")));
        Assert.Equal(0, model.Calls);
    }

    [Fact]
    public async Task What_instances_spend_adds_up_and_counts_on_after_a_restart_until_the_day_is_over()
    {
        var data = Directory.CreateTempSubdirectory("spend-").FullName;
        await using (var host = await TestHost.StartAsync(["Models:DailyDollars=10"], dataDirectory: data))
        {
            var instances = Enumerable.Range(0, 4).Select(_ => ActivatorUtilities.CreateInstance<SpendCeiling>(host.Services)).ToList();
            await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () => await instances[i % 4].SpendAsync(0.02))));
            foreach (var instance in instances)
            {
                await instance.NoteAsync(default);
            }

            Assert.Null(await instances[0].ReachedAsync(default));
            Assert.Equal(8, await SpentAsync(host), 6);
            await instances[1].SpendAsync(2.01);
            Assert.NotNull(await ActivatorUtilities.CreateInstance<SpendCeiling>(host.Services).ReachedAsync(default));
        }

        await using (var host = await TestHost.StartAsync(["Models:DailyDollars=10"], dataDirectory: data))
        {
            Assert.NotNull(await host.Services.GetRequiredService<SpendCeiling>().ReachedAsync(default));
            var tomorrow = ActivatorUtilities.CreateInstance<SpendCeiling>(host.Services, new Tomorrow());
            Assert.Null(await tomorrow.ReachedAsync(default));
        }

        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Every_call_of_a_model_stands_in_the_ledger_and_nothing_of_what_was_said()
    {
        var text = new ScriptedTextModel((_, _) => ScriptedTextModel.Harmless);
        var model = Dear();
        var data = Directory.CreateTempSubdirectory("ledger-").FullName;
        await using (var host = await TestHost.StartAsync(
            configure: builder =>
            {
                text.Register(builder);
                model.Register(builder);
            },
            dataDirectory: data))
        {
            var anna = await host.SignUpAsync("anna");
            await ImageTests.AskAsync(anna, "A lighthouse of glass");
            await host.PostAsync(anna, "A word that nobody else says");
        }

        await using (var host = await TestHost.StartAsync(dataDirectory: data))
        {
            var calls = new List<ModelCallEntry>();
            for (var minute = -2; minute <= 0; minute++)
            {
                var span = ModelCallsDocument.SpanOf(DateTimeOffset.UtcNow.AddMinutes(minute));
                await foreach (var written in host.Documents().QueryAllAsync<ModelCallsDocument>(new DocumentQuery(span, 10), default))
                {
                    calls.AddRange(written.Calls);
                }
            }

            var drawn = Assert.Single(calls, call => call.Purpose == "image");
            Assert.Equal(("scripted", 0.04, false), (drawn.Model, drawn.Dollars, drawn.Failed));
            var described = Assert.Single(calls, call => call.Purpose == "image-description");
            Assert.Equal(("scripted-text", 900, 100), (described.Model, described.InputTokens, described.OutputTokens));
            Assert.Contains(calls, call => call is { Purpose: "moderation", InputTokens: 900, Failed: false });
            Assert.DoesNotContain("lighthouse", System.Text.Json.JsonSerializer.Serialize(calls), StringComparison.Ordinal);
        }

        Directory.Delete(data, recursive: true);
    }

    /// <summary>Draws, at four cents a picture.</summary>
    private static ScriptedModel Dear() => new((_, _) =>
    {
        ModelTelemetry.Spent("scripted", 0.04);
        return Task.FromResult(ScriptedModel.Picture);
    });

    private static async Task<double> SpentAsync(TestHost host)
    {
        var day = ModelSpendDocument.DayOf(DateTimeOffset.UtcNow);
        return (await host.Documents().FindAsync<ModelSpendDocument>(day, ModelSpendDocument.Of(day).Id, default))!.Dollars;
    }

    private sealed class Tomorrow : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddDays(1);
    }
}
