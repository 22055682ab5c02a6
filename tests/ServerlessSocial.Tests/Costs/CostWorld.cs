using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Benchmarks;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Tests.Images;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Plans;

namespace ServerlessSocial.Tests.Costs;

/// <summary>A host whose operations are counted.</summary>
internal sealed class CostWorld(TestHost host) : IAsyncDisposable
{
    /// <summary>The first round warms what is remembered between requests. Of the others the best counts: what two workers do again
    /// because both changed a document at the same moment depends on that moment, not on the operation.</summary>
    private const int Rounds = 4;

    private readonly CostMeter meter = host.Services.GetRequiredService<CostMeter>();

    public TestHost Host => host;

    public CostMeter Meter => meter;

    /// <summary>What each operation took, by the name it has in the table, in every round that counts.</summary>
    public Dictionary<string, IReadOnlyList<OperationCounts>> Measured { get; } = [];

    /// <summary>Starts a host that remembers for a minute: calls are warm.</summary>
    public static async Task<CostWorld> StartAsync() => new(await TestHost.StartAsync(
        ["Recent:Seconds=60", "Privacy:Quiet=00:00:00", "Privacy:ExportsPerDay=100", "Trends:LeastPeople=1", "Trends:LeastReactions=1", "Push:AllowAnyEndpoint=true", "Push:Subject=mailto:push@example.org", $"Plans:WebhookSecret={PlanEvents.Secret}"], configure: Configure));

    /// <summary>Measures a call, and what follows from it under another name where one is given.</summary>
    /// <param name="client">Who calls.</param>
    /// <param name="method">Method.</param>
    /// <param name="route">Route, as the function declares it.</param>
    /// <param name="path">The path of a round.</param>
    /// <param name="body">The body of a round; null for none.</param>
    /// <param name="pipeline">Name of the work that follows; null leaves it out.</param>
    /// <returns>The answers, round by round.</returns>
    public async Task<IReadOnlyList<JsonElement>> CallAsync(
        HttpClient client, string method, string route, Func<int, string>? path = null, Func<int, object>? body = null, string? pipeline = null)
    {
        var answers = new List<JsonElement>();
        var requests = new List<OperationCounts>();
        var work = new List<OperationCounts>();
        for (var round = 0; round < Rounds; round++)
        {
            await host.SettleAsync();
            using var request = new HttpRequestMessage(new(method), path?.Invoke(round) ?? route);
            request.Content = body?.Invoke(round) switch { null => null, HttpContent content => content, var json => JsonContent.Create(json) };
            if (method == "POST")
            {
                request.Headers.Add("Idempotency-Key", $"{route}-{round}");
            }

            if (method == "PATCH")
            {
                using var current = await client.GetAsync(route);
                if (current.Headers.ETag is { } version)
                {
                    request.Headers.IfMatch.Add(version);
                }
            }

            meter.Take();
            using var response = await client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"{method} {request.RequestUri}: {(int)response.StatusCode} {text}");
            await host.SettleAsync();
            var counted = meter.Take();
            requests.Add(counted.Requests);
            work.Add(counted.Work);
            answers.Add(response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonSerializer.Deserialize<JsonElement>(text) : default);
        }

        Measured[$"{method} /{route}"] = [.. requests.Skip(1)];
        if (pipeline is not null)
        {
            Measured[pipeline] = [.. work.Skip(1)];
        }

        return answers;
    }

    /// <summary>Measures the work that follows from a post, in the cheapest of some rounds.</summary>
    public async Task<OperationCounts> WorkOfPostsAsync(TestUser author, object? body = null)
    {
        var work = new List<OperationCounts>();
        for (var round = 0; round < Rounds; round++)
        {
            meter.Take();
            using var response = await author.Client.PostAsJsonAsync("posts", body ?? new { text = "A fine day" });
            response.EnsureSuccessStatusCode();
            await host.SettleAsync();
            work.Add(meter.Take().Work);
        }

        return work.Skip(1).MinBy(counts => counts.Values.Sum())!;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static void Configure(WebApplicationBuilder builder)
    {
        CostMeter.Register(builder);
        new ScriptedModel((_, _) => Task.FromResult(ScriptedModel.Picture)).Register(builder);
        builder.Services.AddSingleton<ITextClassifier>(new MeteredClassifier());
    }

    /// <summary>Takes tokens for its answers, as a model does: they are counted for the author.</summary>
    private sealed class MeteredClassifier : ITextClassifier
    {
        private readonly ObedientClassifier scores = new();

        public string Name => scores.Name;

        public bool IsMetered => true;

        public Task<IReadOnlyList<HarmScore>> ClassifyAsync(string text, string? language, CancellationToken cancellationToken)
        {
            ModelTelemetry.Used(Name, 1, 1, default);
            return scores.ClassifyAsync(text, language, cancellationToken);
        }
    }
}
