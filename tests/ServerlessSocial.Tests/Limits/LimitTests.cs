using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Tests.Accounts;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Limits;

public sealed class LimitTests
{
    private static readonly string[] OldAccounts = ["Limits:Factor=1", "Limits:NewHours=0"];

    [Fact]
    public void Every_HTTP_function_says_what_it_costs() =>
        Assert.All(
            FunctionCatalog.TriggeredBy<HttpTriggerAttribute>(),
            entry => Assert.True(entry.Function.Method.IsDefined(typeof(LimitAttribute), inherit: false), $"{entry.Function.Name} does not say what it costs."));

    [Fact]
    public async Task Whoever_posts_more_than_a_person_does_is_told_when_to_come_again_and_others_go_on()
    {
        await using var host = await TestHost.StartAsync([.. OldAccounts, "Limits:Posts:Burst=3", "Limits:Posts:PerHour=60"]);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        using var first = await anna.Client.PostAsJsonAsync("posts", new { text = "One" });
        var post = await first.Content.ReadFromJsonAsync<JsonElement>();
        await anna.PostAsync("Two");
        await anna.PostAsync(new { text = "A reply costs half", replyTo = post.Id() });
        await anna.PostAsync(new { text = "and another", replyTo = post.Id() });

        using var refused = await anna.Client.PostAsJsonAsync("posts", new { text = "Four" });

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("rate-limited", await refused.ProblemAsync());
        Assert.Equal(["\"posts\";q=3;w=180"], refused.Headers.GetValues("RateLimit-Policy"));
        var wait = refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
        Assert.InRange(wait, 1, 30);
        Assert.Equal([$"\"posts\";r=0;t={wait}"], refused.Headers.GetValues("RateLimit"));
        Assert.Equal(["\"reads\";q=300;w=150", "\"posts\";q=3;w=180"], first.Headers.GetValues("RateLimit-Policy"));
        Assert.StartsWith("\"posts\";r=2;t=", first.Headers.GetValues("RateLimit").Last(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await anna.Client.StatusAsync("feed"));
        await ben.PostAsync("Mine");
    }

    [Fact]
    public async Task Who_has_nothing_left_is_refused_before_the_body_is_sent()
    {
        await using var host = await TestHost.StartAsync([.. OldAccounts, "Limits:Posts:Burst=1"]);
        var anna = await host.SignUpAsync("anna");
        await anna.PostAsync("One");
        using var client = new TcpClient();
        await client.ConnectAsync(host.Root.Host, host.Root.Port);
        await using var stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/posts HTTP/1.1\r\nHost: localhost\r\nAuthorization: {anna.Client.DefaultRequestHeaders.Authorization}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"));

        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 429", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_of_what_was_answered_is_not_another_post()
    {
        await using var host = await TestHost.StartAsync([.. OldAccounts, "Limits:Posts:Burst=2"]);
        var anna = await host.SignUpAsync("anna");
        for (var i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "posts") { Content = JsonContent.Create(new { text = "Once" }) };
            request.Headers.Add("Idempotency-Key", "once");
            using var response = await anna.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }

        await anna.PostAsync("Twice");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await anna.RefusedAsync(new { text = "Thrice" })).Status);
    }

    [Fact]
    public async Task A_new_account_may_do_less()
    {
        string[] settings = ["Limits:Factor=1", "Limits:Follows:Burst=4", "Limits:Follows:NewShare=0.25"];
        await using var host = await TestHost.StartAsync(settings);
        var (anna, _) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync("profiles/ben/follow"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await anna.PutAsync("profiles/ben/follow"));

        await using var later = await TestHost.StartAsync([.. settings, "Limits:NewHours=0"]);
        var (cleo, _) = (await later.SignUpAsync("cleo"), await later.SignUpAsync("ben"));
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, await cleo.PutAsync("profiles/ben/follow"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await cleo.PutAsync("profiles/ben/follow"));
    }

    [Fact]
    public async Task Only_mentions_of_people_who_do_not_follow_one_are_counted()
    {
        await using var host = await TestHost.StartAsync([.. OldAccounts, "Limits:Mentions:Burst=2"]);
        var (anna, fan, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("fan"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        await fan.PutAsync("profiles/anna/follow");
        var bens = (await ben.PostAsync("Hello")).Id();
        await host.SettleAsync();
        for (var i = 0; i < 4; i++)
        {
            await anna.PostAsync($"Number {i} for @fan, and for myself, @anna, and @nobody_here");
            await anna.PostAsync(new { text = $"@ben number {i}", replyTo = bens });
        }

        await anna.PostAsync("@ben @cleo");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await anna.RefusedAsync(new { text = "@cleo" })).Status);
        await anna.PostAsync("@fan");
        await cleo.PostAsync("@anna @ben");
    }

    [Fact]
    public async Task New_profiles_and_anonymous_reads_are_limited_by_address()
    {
        await using var host = await TestHost.StartAsync(["Limits:Factor=1", "Limits:SignUps:Burst=2", "Limits:AnonymousReads:Burst=30", "Limits:AnonymousReads:PerHour=1"]);
        await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        using var third = host.NewClient(await host.TokenAsync("cleo"));
        using var refused = await third.PostAsJsonAsync("profiles", new { handle = "cleo", displayName = "Cleo" });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);

        using var guessing = host.NewClient("not.a.token");
        var guesses = new List<HttpStatusCode>();
        for (var i = 0; i < 30; i++)
        {
            guesses.Add(await guessing.StatusAsync("feed"));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, guesses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, guesses[^1]);
        Assert.Equal(HttpStatusCode.TooManyRequests, await host.Anonymous.StatusAsync("profiles/anna"));
        Assert.Equal(HttpStatusCode.OK, await ben.Client.StatusAsync("profiles/anna"));
        using var forged = new HttpRequestMessage(HttpMethod.Get, "profiles/anna") { Headers = { { "X-Forwarded-For", "198.51.100.7" } } };
        using var answer = await host.Anonymous.SendAsync(forged);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
    }

    [Fact]
    public async Task A_long_page_costs_as_many_reads_as_it_has_twenties()
    {
        await using var host = await TestHost.StartAsync([.. OldAccounts, "Limits:Reads:Burst=7", "Limits:Reads:PerHour=1"]);
        var anna = await host.SignUpAsync("anna");

        Assert.Equal(HttpStatusCode.OK, await anna.Client.StatusAsync("feed?limit=100"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await anna.Client.StatusAsync("feed?limit=21"));
        Assert.Equal(HttpStatusCode.OK, await anna.Client.StatusAsync("feed"));
    }

    [Fact]
    public async Task Uploads_are_limited_by_number_and_by_bytes()
    {
        await using var host = await TestHost.StartAsync([.. OldAccounts, "Limits:Uploads:Burst=2", $"Limits:UploadBytes:Burst={(SampleImages.Png.Length * 5) / 2}", "Limits:UploadBytes:PerHour=1"]);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        await anna.UploadedAsync(SampleImages.Png);
        await anna.UploadedAsync(SampleImages.Png);
        using var many = await anna.Client.UploadAsync(SampleImages.Png);
        Assert.Equal(["\"uploads\";q=2;w=30"], many.Headers.GetValues("RateLimit-Policy"));

        using var first = await ben.Client.UploadAsync(SampleImages.Png, key: "same");
        using var second = await ben.Client.UploadAsync(SampleImages.Png, key: "same");
        using var third = await ben.Client.UploadAsync(SampleImages.Png, key: "same");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode, third.StatusCode));
        Assert.EndsWith(";qu=\"content-bytes\"", third.Headers.GetValues("RateLimit-Policy").Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_looks_around_and_talks_costs_at_most_one_write_in_ten_calls()
    {
        await using var host = await TestHost.StartAsync(OldAccounts);
        var anna = await host.SignUpAsync("anna");
        var calls = 0;
        for (var day = 0; day < 20; day++)
        {
            var post = (await anna.PostAsync($"Day {day}")).Id();
            await anna.PutAsync($"posts/{post}/like");
            await anna.PutAsync($"posts/{post}/bookmark");
            for (var look = 0; look < 7; look++)
            {
                await anna.Client.StatusAsync("feed");
            }

            calls += 10;
        }

        var written = await LimitDocumentOfAsync(host, anna);
        Assert.InRange(written?.Revision ?? 0, 1, calls / 10);
    }

    [Fact]
    public async Task What_is_kept_goes_by_itself_and_names_no_address()
    {
        await using var host = await TestHost.StartAsync(["Limits:Factor=1", "Limits:AnonymousReads:Burst=4", "Limits:AnonymousReads:PerHour=3600"]);
        await host.Anonymous.StatusAsync("health");
        await host.Anonymous.StatusAsync("health");
        var stored = await StoredAsync(host, $"address-{AddressHash(host)}");

        Assert.NotNull(stored);
        Assert.InRange(stored.Ttl!.Value, 1, 120);
    }

    private static string AddressHash(TestHost host)
    {
        var key = ((ServiceKey)host.Services.GetService(typeof(ServiceKey))!).Bytes;
        return Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(key, IPAddress.Loopback.GetAddressBytes()));
    }

    private static ValueTask<LimitDocument?> StoredAsync(TestHost host, string id) => host.Documents().FindAsync<LimitDocument>(id, id, default);

    private static ValueTask<LimitDocument?> LimitDocumentOfAsync(TestHost host, TestUser user) =>
        StoredAsync(host, host.AccountIdOf(user.Handle));
}
