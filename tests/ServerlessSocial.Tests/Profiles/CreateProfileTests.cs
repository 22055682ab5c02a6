using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Tests.Profiles;

public sealed class CreateProfileTests
{
    private const string Family = "👨‍👩‍👧‍👦";

    [Fact]
    public async Task A_new_profile_is_answered_whole_with_its_address()
    {
        await using var host = await TestHost.StartAsync();
        var client = host.NewClient(await host.TokenAsync("anna"));

        using var response = await client.PostAsJsonAsync(
            "profiles", new { handle = "Anna_1", displayName = "  Anna 🌿  ", bio = "Züge\r\nund Karten", interests = new[] { " maps ", "園芸", "maps" } });
        var profile = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("/api/profiles/anna_1", response.Headers.Location?.OriginalString);
        Assert.Equal("\"1\"", response.Headers.ETag?.ToString());
        Assert.Equal("anna_1", profile.GetProperty("handle").GetString());
        Assert.Equal("Anna 🌿", profile.GetProperty("displayName").GetString());
        Assert.Equal("Züge\nund Karten", profile.GetProperty("bio").GetString());
        Assert.Equal(["maps", "園芸"], profile.GetProperty("interests").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal("human", profile.GetProperty("kind").GetString());
        Assert.Equal(0, profile.GetProperty("followers").GetInt64());
        Assert.False(profile.TryGetProperty("viewer", out _));
    }

    [Fact]
    public async Task One_of_a_hundred_concurrent_callers_gets_the_handle()
    {
        await using var host = await TestHost.StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i => host.NewClient(await host.TokenAsync($"caller{i}"))));

        var statuses = await Task.WhenAll(clients.Select(async (client, i) =>
        {
            using var response = await client.PostAsJsonAsync("profiles", new { handle = i % 2 == 0 ? "Prized" : "prIZED", displayName = $"Caller {i}" });
            return (Client: client, response.StatusCode, Body: await response.Content.ReadFromJsonAsync<JsonElement>());
        }));

        var winner = Assert.Single(statuses, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.All(statuses.Where(answer => answer.Client != winner.Client), answer =>
        {
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.EndsWith("handle-taken", answer.Body.GetProperty("type").GetString(), StringComparison.Ordinal);
        });

        // Those who lost are free to choose another one.
        using var second = await statuses.First(answer => answer.Client != winner.Client).Client.PostAsJsonAsync("profiles", new { handle = "second", displayName = "Second" });
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_account_that_asks_many_times_at_once_gets_one_profile_and_frees_the_other_handles(bool sameHandle)
    {
        await using var host = await TestHost.StartAsync();
        var client = host.NewClient(await host.TokenAsync("busy"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var response = await client.PostAsJsonAsync("profiles", new { handle = sameHandle ? "busy" : $"busy{i}", displayName = $"Busy {i}" });
            return (response.StatusCode, Body: await response.Content.ReadFromJsonAsync<JsonElement>());
        }));

        var made = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created).Body;
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.Created), answer =>
            Assert.EndsWith("profile-exists", answer.Body.GetProperty("type").GetString(), StringComparison.Ordinal));
        for (var i = 0; i < 20 && !sameHandle; i++)
        {
            var handle = $"busy{i}";
            if (handle != made.GetProperty("handle").GetString())
            {
                using var response = await host.NewClient(await host.TokenAsync(handle)).PostAsJsonAsync("profiles", new { handle, displayName = handle });
                Assert.Equal(HttpStatusCode.Created, response.StatusCode);
            }
        }
    }

    [Fact]
    public async Task An_idempotency_key_gives_two_requests_at_once_the_same_answer_and_refuses_another_request()
    {
        await using var host = await TestHost.StartAsync();
        var client = host.NewClient(await host.TokenAsync("anna"));

        var answers = await Task.WhenAll(Post(client, "k1", "anna"), Post(client, "k1", "anna"), Post(client, "k1", "ANNA"));
        var other = await Post(client, "k1", "berta");

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));

        // Moderation may have looked at it in between.
        Assert.Single(answers.Select(answer => System.Text.Json.JsonDocument.Parse(answer.Body).RootElement.GetProperty("id").GetString()).Distinct());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);

        static async Task<(HttpStatusCode Status, string Body)> Post(HttpClient client, string key, string handle)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "profiles") { Content = JsonContent.Create(new { handle, displayName = "Anna" }) };
            request.Headers.Add("Idempotency-Key", key);
            using var response = await client.SendAsync(request);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("ab", "handle")]
    [InlineData("abcdefghijabcdefghijabcdefghijk", "handle")]
    [InlineData("an-na", "handle")]
    [InlineData("änne", "handle")]
    [InlineData("\u212Aelvin", "handle")]
    [InlineData("Admin", "handle")]
    [InlineData("", "handle")]
    public async Task Handles_that_cannot_be_are_refused(string handle, string field)
    {
        await using var host = await TestHost.StartAsync();
        var client = host.NewClient(await host.TokenAsync("anna"));

        using var response = await client.PostAsJsonAsync("profiles", new { handle, displayName = "Anna" });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Limits_count_what_people_call_characters()
    {
        await using var host = await TestHost.StartAsync();
        var client = host.NewClient(await host.TokenAsync("anna"));

        using var refused = await client.PostAsJsonAsync("profiles", new
        {
            handle = "anna",
            displayName = Repeat(Family, 51),
            bio = Repeat("é", 501),
            interests = Enumerable.Range(0, 21).Select(i => $"interest {i}"),
        });
        using var accepted = await client.PostAsJsonAsync("profiles", new
        {
            handle = "anna",
            displayName = Repeat(Family, 50),
            bio = Repeat("é", 500),
            interests = Enumerable.Range(0, 20).Select(i => Repeat("🧑🏽‍🚀", 48) + $"{i:00}"),
        });

        var errors = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["bio", "displayName", "interests"], errors.EnumerateObject().Select(error => error.Name).Order());
        Assert.True(accepted.StatusCode == HttpStatusCode.Created, await accepted.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"handle":"anna"}""")]
    [InlineData("""{"handle":"anna","displayName":"   "}""")]
    [InlineData("""{"handle":"anna","displayName":"two\nlines"}""")]
    [InlineData("""{"handle":"anna","displayName":"Anna","interests":[null]}""")]
    [InlineData("""{"handle":"anna","displayName":"Anna","interests":"maps"}""")]
    [InlineData("""{"handle":"anna","displayName":"An\u202ena"}""")]
    [InlineData("""{"handle":7,"displayName":"Anna"}""")]
    [InlineData("""["anna"]""")]
    [InlineData("nonsense")]
    public async Task Bodies_that_make_no_sense_are_refused_and_create_nothing(string body)
    {
        await using var host = await TestHost.StartAsync();
        var client = host.NewClient(await host.TokenAsync("anna"));

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("profiles", content);
        using var created = await client.PostAsJsonAsync("profiles", new { handle = "anna", displayName = "Anna" });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
    }

    [Fact]
    public async Task A_caller_whose_first_attempt_died_before_the_account_got_the_profile_goes_on_with_it()
    {
        await using var host = await TestHost.StartAsync();
        var (documents, accountId) = await HalfMadeAsync(host, "anna", "anna", TimeSpan.FromMinutes(1));

        using var hidden = await host.Anonymous.GetAsync("profiles/anna");
        using var response = await host.NewClient(await host.TokenAsync("anna")).PostAsJsonAsync("profiles", new { handle = "anna", displayName = "Anna again" });
        var profile = await response.Content.ReadFromJsonAsync<JsonElement>();
        var account = await documents.FindAsync<AccountDocument>(accountId, accountId, default);

        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("Anna again", profile.GetProperty("displayName").GetString());
        Assert.Equal(profile.GetProperty("id").GetString(), account!.ProfileId);
    }

    [Fact]
    public async Task A_handle_somebody_claimed_and_never_came_back_for_is_free_again_and_a_fresh_claim_is_not()
    {
        await using var host = await TestHost.StartAsync();
        var (documents, deserter) = await HalfMadeAsync(host, "deserter", "wanted", TimeSpan.FromMinutes(1));
        await HalfMadeAsync(host, "quick", "pending", TimeSpan.Zero);
        var before = await documents.FindAsync<AccountDocument>(deserter, deserter, default);
        var client = host.NewClient(await host.TokenAsync("berta"));

        using var tooEarly = await client.PostAsJsonAsync("profiles", new { handle = "pending", displayName = "Berta" });
        using var response = await client.PostAsJsonAsync("profiles", new { handle = "wanted", displayName = "Berta" });

        Assert.Equal(HttpStatusCode.Conflict, tooEarly.StatusCode);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);

        // Should the deserter's attempt still be alive somewhere, it cannot decide any more.
        var late = await documents.ReplaceAsync(before! with { ProfileId = Ids.New(TimeProvider.System) }, default);
        Assert.Equal(StoreStatus.PreconditionFailed, late.Status);
        using var returned = await host.NewClient(await host.TokenAsync("deserter")).PostAsJsonAsync("profiles", new { handle = "wanted", displayName = "D" });
        Assert.Equal(HttpStatusCode.Conflict, returned.StatusCode);
    }

    /// <summary>What is there when an attempt dies just before its last write.</summary>
    private static async Task<(IDocumentStore Documents, string AccountId)> HalfMadeAsync(TestHost host, string subject, string handle, TimeSpan age)
    {
        // The account's id is a hash that only the host can make: a refused attempt leaves the account behind.
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var validator = host.Services.GetRequiredService<TokenValidator>();
        var accountId = (await validator.ValidateAsync(await host.TokenAsync(subject), default))!.AccountId;
        var id = Ids.New(TimeProvider.System);
        var then = TimeProvider.System.GetUtcNow() - age;
        await documents.CreateAsync(new AccountDocument { Id = accountId }, default);
        await documents.CreateAsync(new HandleDocument { Id = handle, ProfileId = id, AccountId = accountId, ClaimedAt = then }, default);
        await documents.CreateAsync(new ProfileDocument { Id = id, Handle = handle, DisplayName = "Half made", CreatedAt = then }, default);
        return (documents, accountId);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
