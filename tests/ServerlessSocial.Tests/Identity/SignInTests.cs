using System.Net;
using System.Net.Http.Json;

namespace ServerlessSocial.Tests.Identity;

/// <summary>Signing in over HTTP.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task Tokens_stay_good_over_a_restart_on_the_same_data_and_are_refused_by_another_network()
    {
        var data = Path.Combine(Path.GetTempPath(), "serverless-social-tests", Guid.NewGuid().ToString("N"));
        string token;
        await using (var first = await TestHost.StartAsync(dataDirectory: data))
        {
            await first.SignUpAsync("anna");
            token = await first.TokenAsync("anna");
        }

        await using (var again = await TestHost.StartAsync(dataDirectory: data))
        await using (var other = await TestHost.StartAsync())
        {
            using var here = again.NewClient(token);
            using var there = other.NewClient(token);
            using var welcome = await here.GetAsync("me");
            using var refused = await there.GetAsync("health");

            Assert.Equal(HttpStatusCode.OK, welcome.StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.Single().Scheme);
        }

        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Without_a_profile_one_is_told_to_create_one_and_afterwards_the_same_token_does()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(await host.TokenAsync("anna"));

        using var early = await client.GetAsync("me");
        using var created = await client.PostAsJsonAsync("profiles", new { handle = "anna", displayName = "Anna" });
        using var late = await client.GetAsync("me");

        Assert.Equal(HttpStatusCode.Forbidden, early.StatusCode);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:7071", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:7071", HttpStatusCode.OK)]
    [InlineData("attacker.example", HttpStatusCode.Forbidden)]
    [InlineData("attacker.example:7071", HttpStatusCode.Forbidden)]
    [InlineData("localhost.attacker.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1.nip.example", HttpStatusCode.Forbidden)]
    [InlineData("192.168.1.7", HttpStatusCode.Forbidden)]
    [InlineData("[2001:db8::1]", HttpStatusCode.Forbidden)]
    public async Task Development_tokens_are_given_only_to_who_calls_this_machine_by_its_own_name(string name, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "dev/token") { Content = JsonContent.Create(new { subject = "anna" }) };
        request.Headers.Host = name;

        using var response = await host.Anonymous.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, (await response.Content.ReadAsStringAsync()).Contains("\"token\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_moderators_reach_the_moderators_desk()
    {
        await using var host = await TestHost.StartAsync();
        var user = await host.SignUpAsync("anna");
        var moderator = await host.SignUpAsync("mo_derator", "moderator");

        using var nobody = await host.Anonymous.GetAsync("moderation/queue?kind=held");
        using var refused = await user.Client.GetAsync("moderation/queue?kind=held");
        using var admitted = await moderator.Client.GetAsync("moderation/queue?kind=held");

        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, admitted.StatusCode);
    }
}
