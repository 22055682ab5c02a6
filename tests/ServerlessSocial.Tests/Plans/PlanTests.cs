using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ServerlessSocial.Plans;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Plans;

public sealed class PlanTests
{
    [Fact]
    public async Task A_plan_that_a_moderator_sets_holds_from_the_next_call_on_until_it_ends()
    {
        await using var host = await TestHost.StartAsync(["Plans:Free:Image=1", "Plans:Plus:Image=5"]);
        var (anna, moderator) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mo_derator", "moderator"));

        var set = await PlanAsync(moderator, "anna", new { plan = "plus", until = DateTimeOffset.UtcNow.AddSeconds(2) });
        var plus = await anna.GetAsync("me/credits");

        Assert.Equal(HttpStatusCode.OK, set);
        Assert.Equal(("plus", 5), (plus.Text("plan"), CreditTests.Balance(plus).Daily));
        Assert.True(plus.TryGetProperty("planUntil", out _));
        await Eventually.HoldsAsync(async () => (await anna.GetAsync("me/credits")).Text("plan") == "free");
        var free = await anna.GetAsync("me/credits");
        Assert.Equal(1, CreditTests.Balance(free).Daily);
        Assert.False(free.TryGetProperty("planUntil", out _));
        Assert.Contains((await moderator.GetAsync("moderation/audit")).GetProperty("items").EnumerateArray(), entry => entry.Text("detail") == "plan-plus");
    }

    [Fact]
    public async Task Nobody_sets_their_own_plan_and_nobody_but_moderators_sets_any()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, moderator) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mo_derator", "moderator"));

        Assert.Equal(HttpStatusCode.Forbidden, await PlanAsync(anna, "anna", new { plan = "plus" }));
        Assert.Equal(HttpStatusCode.Forbidden, await PlanAsync(moderator, "mo_derator", new { plan = "plus" }));
        Assert.Equal(HttpStatusCode.NotFound, await PlanAsync(moderator, "nobody", new { plan = "plus" }));
        Assert.Equal(HttpStatusCode.BadRequest, await PlanAsync(moderator, "anna", new { }));
        Assert.Equal(HttpStatusCode.BadRequest, await PlanAsync(moderator, "anna", new { plan = "free", until = DateTimeOffset.UtcNow.AddDays(1) }));
        Assert.Equal(HttpStatusCode.BadRequest, await PlanAsync(moderator, "anna", new { plan = "plus", until = DateTimeOffset.UtcNow.AddDays(-1) }));
        Assert.Equal("free", (await anna.GetAsync("me/credits")).Text("plan"));
    }

    [Fact]
    public async Task A_signed_event_sets_a_plan_and_sent_again_changes_nothing_more()
    {
        await using var host = await TestHost.StartAsync([$"Plans:WebhookSecret={PlanEvents.Secret}"]);
        var anna = await host.SignUpAsync("anna");
        var then = DateTimeOffset.UtcNow.AddMinutes(-1);

        Assert.Equal((HttpStatusCode.NoContent, null), await SendAsync(host, "evt_1", new { profileId = anna.Id, plan = "plus", occurredAt = then }));
        Assert.Equal("plus", (await anna.GetAsync("me/credits")).Text("plan"));
        Assert.Equal((HttpStatusCode.NoContent, null), await SendAsync(host, "evt_2", new { profileId = anna.Id, plan = "free", occurredAt = then }));

        // Of the same moment as the later one, and known by its id.
        Assert.Equal((HttpStatusCode.NoContent, null), await SendAsync(host, "evt_1", new { profileId = anna.Id, plan = "plus", occurredAt = then }));
        Assert.Equal("free", (await anna.GetAsync("me/credits")).Text("plan"));

        // New, and older than what is known.
        Assert.Equal((HttpStatusCode.NoContent, null), await SendAsync(host, "evt_0", new { profileId = anna.Id, plan = "plus", occurredAt = then.AddSeconds(-1) }));
        Assert.Equal("free", (await anna.GetAsync("me/credits")).Text("plan"));
    }

    [Fact]
    public async Task Many_copies_of_many_events_at_once_end_with_the_newest()
    {
        await using var host = await TestHost.StartAsync([$"Plans:WebhookSecret={PlanEvents.Secret}"]);
        var anna = await host.SignUpAsync("anna");
        var then = DateTimeOffset.UtcNow.AddMinutes(-1);

        var sent = await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(i => Enumerable.Range(0, 4).Select(_ =>
            SendAsync(host, $"evt_{i}", new { profileId = anna.Id, plan = i % 2 == 0 ? "free" : "plus", occurredAt = then.AddSeconds(i) }))));

        Assert.All(sent, answer => Assert.Equal((HttpStatusCode.NoContent, null), answer));
        Assert.Equal("plus", (await anna.GetAsync("me/credits")).Text("plan"));
        var plan = await host.Documents().ReadAsync<PlanDocument>(anna.Id, PlanDocument.PlanId, default);
        Assert.Equal(plan.Document!.Events.Count, plan.Document.Events.Distinct().Count());
    }

    [Fact]
    public async Task An_event_that_is_forged_altered_stale_or_wrong_changes_nothing()
    {
        await using var host = await TestHost.StartAsync([$"Plans:WebhookSecret={PlanEvents.Secret}"]);
        var anna = await host.SignUpAsync("anna");
        var now = DateTimeOffset.UtcNow;
        var body = JsonSerializer.Serialize(new { profileId = anna.Id, plan = "plus", occurredAt = now });

        Assert.Equal("signature-refused", await ProblemAsync("evt_1", now, body, null));
        Assert.Equal("signature-refused", await ProblemAsync("evt_1", now, body, "v1,"));
        Assert.Equal("signature-refused", await ProblemAsync("evt_1", now, body, $"v1,{PlanEvents.Of("evt_1", now, body, new byte[24])}"));
        Assert.Equal("signature-refused", await ProblemAsync("evt_1", now, body.Replace("plus", "free", StringComparison.Ordinal), $"v1,{PlanEvents.Of("evt_1", now, body, PlanEvents.Key)}"));
        Assert.Equal("signature-refused", await ProblemAsync("evt_2", now, body, $"v1,{PlanEvents.Of("evt_1", now, body, PlanEvents.Key)}"));
        Assert.Equal("signature-refused", await ProblemAsync("evt_1", now.AddSeconds(1), body, $"v1,{PlanEvents.Of("evt_1", now, body, PlanEvents.Key)}"));
        Assert.Equal("signature-refused", await ProblemAsync("evt_1", now, body, $"v2,{PlanEvents.Of("evt_1", now, body, PlanEvents.Key)}"));
        Assert.Equal("signature-refused", await ProblemAsync("evt 1", now, body, $"v1,{PlanEvents.Of("evt 1", now, body, PlanEvents.Key)}"));
        foreach (var minutes in (int[])[-6, 6])
        {
            Assert.Equal("signature-stale", await ProblemAsync("evt_1", now.AddMinutes(minutes), body, $"v1,{PlanEvents.Of("evt_1", now.AddMinutes(minutes), body, PlanEvents.Key)}"));
        }

        Assert.Equal((HttpStatusCode.NotFound, "not-found"), await SendAsync(host, "evt_1", new { profileId = "nobody", plan = "plus", occurredAt = now }));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-fields"), await SendAsync(host, "evt_1", new { profileId = anna.Id, plan = "gold", occurredAt = now }));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-fields"), await SendAsync(host, "evt_1", new { profileId = anna.Id, plan = "plus" }));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-fields"), await SendAsync(host, "evt_1", new { profileId = anna.Id, plan = "plus", occurredAt = now.AddHours(1) }));
        Assert.Equal("free", (await anna.GetAsync("me/credits")).Text("plan"));

        // One of several signatures is enough, as while a secret is changed.
        Assert.Null(await ProblemAsync("evt_1", now, body, $"v1,{PlanEvents.Of("evt_1", now, body, new byte[24])} v1,{PlanEvents.Of("evt_1", now, body, PlanEvents.Key)}"));
        Assert.Equal("plus", (await anna.GetAsync("me/credits")).Text("plan"));

        async Task<string?> ProblemAsync(string id, DateTimeOffset at, string json, string? signature)
        {
            var (status, problem) = await PostAsync(host, id, at, json, signature);
            Assert.Equal(problem is null ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden, status);
            return problem;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/plans)")]
    public async Task Without_a_secret_there_is_no_such_call(string secret)
    {
        await using var host = await TestHost.StartAsync([$"Plans:WebhookSecret={secret}"]);
        var anna = await host.SignUpAsync("anna");

        Assert.Equal((HttpStatusCode.NotFound, "not-found"), await SendAsync(host, "evt_1", new { profileId = anna.Id, plan = "plus", occurredAt = DateTimeOffset.UtcNow }));
        Assert.Equal("free", (await anna.GetAsync("me/credits")).Text("plan"));
    }

    [Theory]
    [InlineData("Plans:WebhookSecret=whsec_c2hvcnQ=")]
    [InlineData("Plans:WebhookSecret=secret")]
    [InlineData("Plans:Free:Image=-1")]
    [InlineData("Plans:Prices:Image=0")]
    [InlineData("Plans:Hold=00:00:01")]
    public async Task A_setting_that_makes_no_sense_is_refused_at_the_start(string setting) =>
        await Assert.ThrowsAnyAsync<Exception>(() => TestHost.StartAsync([setting]));

    /// <summary>The example of the specification (its reference libraries have the same one).</summary>
    [Fact]
    public void Signatures_are_those_of_Standard_Webhooks() => Assert.Equal(
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        Convert.ToBase64String(WebhookSignature.Of("msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.", "{\"test\": 2432232314}"u8, WebhookSignature.KeyOf(PlanEvents.Secret)!)));

    private static Task<(HttpStatusCode, string?)> SendAsync(TestHost host, string id, object body)
    {
        var (json, now) = (JsonSerializer.Serialize(body), DateTimeOffset.UtcNow);
        return PostAsync(host, id, now, json, $"v1,{PlanEvents.Of(id, now, json, PlanEvents.Key)}");
    }

    private static async Task<(HttpStatusCode Status, string? Problem)> PostAsync(TestHost host, string id, DateTimeOffset at, string json, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "plans/events") { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        PlanEvents.SetHeaders(request, id, at, signature);
        using var answer = await host.Anonymous.SendAsync(request);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? null : await answer.ProblemAsync());
    }

    private static async Task<HttpStatusCode> PlanAsync(TestUser caller, string handle, object body)
    {
        using var answer = await caller.Client.PutAsJsonAsync($"moderation/accounts/{handle}/plan", body);
        return answer.StatusCode;
    }
}
