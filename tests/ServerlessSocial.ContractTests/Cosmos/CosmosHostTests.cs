using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Hosts.Local;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>The whole local host with its documents in Cosmos DB: <c>--documents cosmos</c>.</summary>
[Collection(CosmosSuites.Name)]
[NeedsCosmos]
public sealed class CosmosHostTests(CosmosServer server) : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("cosmos-host-").FullName;
    private WebApplication app = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        app = await LocalHost.BuildAsync(LocalHostOptions.Parse(["--port", "0", "--data", directory, "--documents", "cosmos"]), builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(server.Connect());
        });
        await app.StartAsync();
        http = Client();
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [ContractFact]
    public async Task A_post_comes_to_moderation_by_way_of_the_change_feed()
    {
        await SignUpAsync();
        await UntilAsync(async () => (bool)(await SendAsync(HttpMethod.Get, "/api/dev/backlog"))["idle"]!);

        var post = await SendAsync(HttpMethod.Post, "/api/posts", new { text = "Hello from another store" });

        await UntilAsync(async () => (string)(await SendAsync(HttpMethod.Get, $"/api/posts/{post["id"]}"))["moderation"]!["status"]! == "approved");
        using var stranger = Client();
        using var answer = await stranger.GetAsync($"/api/posts/{post["id"]}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [ContractFact]
    public async Task All_that_follows_from_a_post_is_carried_out_and_counted()
    {
        var profile = await SignUpAsync();
        await SendAsync(HttpMethod.Post, "/api/posts", new { text = "Hello from another store" });
        await UntilAsync(async () => (bool)(await SendAsync(HttpMethod.Get, "/api/dev/backlog"))["idle"]!);
        Assert.Equal(1, (int)(await SendAsync(HttpMethod.Get, $"/api/profiles/{profile["handle"]}"))["posts"]!);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token);
        }
    }

    private HttpClient Client() => new() { BaseAddress = new Uri(app.Urls.First()) };

    private async Task<JsonNode> SignUpAsync()
    {
        var token = (string)(await SendAsync(HttpMethod.Post, "/api/dev/token", new { subject = "ada" }))["token"]!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await SendAsync(HttpMethod.Post, "/api/profiles", new { handle = "ada_l", displayName = "Ada" });
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}

public sealed class CosmosHostOptionsTests
{
    [Fact]
    public async Task Without_an_endpoint_the_host_says_what_it_needs()
    {
        var directory = Directory.CreateTempSubdirectory("cosmos-host-").FullName;
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            LocalHost.BuildAsync(LocalHostOptions.Parse(["--port", "0", "--data", directory, "--documents", "cosmos"])));
        Assert.Contains("--Cosmos:AccountEndpoint", exception.Message, StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void Documents_are_kept_in_sqlite_or_in_cosmos()
    {
        Assert.Equal(LocalDocuments.Sqlite, LocalHostOptions.Parse([]).Documents);
        Assert.Equal(LocalDocuments.Cosmos, LocalHostOptions.Parse(["--documents=cosmos"]).Documents);
        Assert.Throws<FormatException>(() => LocalHostOptions.Parse(["--documents", "paper"]));
        Assert.Throws<FormatException>(() => LocalHostOptions.Parse(["--documents", "7"]));
    }
}
