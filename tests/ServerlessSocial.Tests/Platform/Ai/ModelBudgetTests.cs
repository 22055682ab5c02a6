using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Tests.Images;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Platform.Ai;

public sealed class ModelBudgetTests
{
    [Fact]
    public async Task Beyond_the_days_tokens_posts_are_held_with_that_reason_and_what_is_asked_for_is_refused_until_tomorrow()
    {
        var model = new ScriptedTextModel((_, _) => ScriptedTextModel.Harmless);
        await using var host = await TestHost.StartAsync(["Models:DailyTokens=2000"], model.Register);
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));

        var first = await host.PostAsync(anna, "One.");
        await ImageTests.AskAsync(anna, "A tree", "k1");
        await host.SettleAsync();
        var third = await host.PostAsync(anna, "Two.");

        Assert.Equal("approved", ModeratedHost.StatusOf(await anna.GetAsync($"posts/{first}")));
        var held = await anna.GetAsync($"posts/{third}");
        Assert.Equal("held", ModeratedHost.StatusOf(held));
        Assert.Contains("today's automatic checks", held.GetProperty("moderation").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, model.Calls);
        Assert.Equal(2_000, await SpentAsync(host, anna));

        using var refused = await anna.Client.PostAsJsonAsync("images", new { prompt = "Another tree" });
        Assert.Equal((HttpStatusCode.TooManyRequests, "model-budget"), (refused.StatusCode, await refused.ProblemAsync()));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));

        // The same request again gets the answer it had, and another person has tokens of their own.
        await ImageTests.AskAsync(anna, "A tree", "k1");
        await ImageTests.AskAsync(berta, "A tree");
    }

    [Fact]
    public async Task Yesterdays_tokens_do_not_count_today()
    {
        var model = new ScriptedTextModel((_, _) => ScriptedTextModel.Harmless);
        await using var host = await TestHost.StartAsync(["Models:DailyTokens=2000"], model.Register);
        var anna = await host.SignUpAsync("anna");
        await host.Documents().CreateAsync(
            ModelUsageDocument.Of(anna.Id, ModelUsageDocument.IdOf(DateTimeOffset.UtcNow.AddDays(-1))) with { Tokens = 5_000 }, default);

        Assert.Equal("approved", ModeratedHost.StatusOf(await anna.GetAsync($"posts/{await host.PostAsync(anna, "One.")}")));
    }

    [Fact]
    public async Task Calls_at_the_same_time_are_each_counted_once()
    {
        await using var host = await TestHost.StartAsync(["Models:DailyTokens=20000"]);
        var anna = await host.SignUpAsync("anna");
        var budget = host.Services.GetRequiredService<ModelBudget>();
        var model = new ScriptedTextModel((_, _) => ScriptedTextModel.Harmless);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => budget.MeterAsync(anna.Id, async () =>
        {
            await Task.Yield();
            return await model.CompleteAsync(new("", "", 1), default);
        })));

        Assert.Equal(12_000, await SpentAsync(host, anna));
    }

    [Fact]
    public async Task What_was_spent_counts_on_after_a_restart()
    {
        var data = Path.Combine(Path.GetTempPath(), "serverless-social-tests", Guid.NewGuid().ToString("N"));
        var model = new ScriptedTextModel((_, _) => ScriptedTextModel.Harmless);
        string[] settings = ["Models:DailyTokens=100000"];
        TestUser anna;
        await using (var first = await TestHost.StartAsync(settings, model.Register, data))
        {
            anna = await first.SignUpAsync("anna");
            await first.PostAsync(anna, "One.");
            await first.PostAsync(anna, "Two.");

            // Little is noted at once: a write for each post would cost more than the post.
            Assert.Equal(0, await SpentAsync(first, anna));
        }

        await using (var second = await TestHost.StartAsync(settings, model.Register, data))
        {
            Assert.Equal(2_000, await SpentAsync(second, anna));
            await Assert.ThrowsAsync<InvalidOperationException>(() => second.Services.GetRequiredService<ModelBudget>()
                .MeterAsync<TextAnswer>(anna.Id, () => throw new InvalidOperationException("Nothing is spent.")));
            Assert.Null(await second.Services.GetRequiredService<ModelBudget>().ExceededAsync(anna.Id, default));
        }

        await using (var third = await TestHost.StartAsync(["Models:DailyTokens=2000"], model.Register, data))
        {
            Assert.NotNull(await third.Services.GetRequiredService<ModelBudget>().ExceededAsync(anna.Id, default));
        }

        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task What_takes_no_tokens_leaves_no_trace()
    {
        await using var host = await TestHost.StartAsync(["Models:DailyTokens=0"]);
        var anna = await host.SignUpAsync("anna");

        Assert.Equal("approved", ModeratedHost.StatusOf(await anna.GetAsync($"posts/{await host.PostAsync(anna, "Judged by the sample.")}")));
        Assert.Equal(0, await SpentAsync(host, anna));
    }

    private static async Task<long> SpentAsync(TestHost host, TestUser user) =>
        (await host.Documents().FindAsync<ModelUsageDocument>(user.Id, ModelUsageDocument.IdOf(DateTimeOffset.UtcNow), default))?.Tokens ?? 0;
}
