using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ServerlessSocial.Hosts.Adapters.OpenAi;
using ServerlessSocial.Images;
using ServerlessSocial.Moderation;
using ServerlessSocial.Plans;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests;

/// <summary>What a host does that has no model: a deployment without one has no samples to fall back on.</summary>
public sealed class HostWithoutModelsTests
{
    [Fact]
    public void Nothing_stands_in_for_a_model_that_is_not_configured()
    {
        var services = new ServiceCollection();

        services.AddOpenAiModels(new OpenAiOptions(), _ => throw new InvalidOperationException("Nobody connects."));
        services.AddOpenAiModels(new OpenAiOptions { Endpoint = "https://models.example" }, _ => throw new InvalidOperationException("Nobody connects."));

        Assert.DoesNotContain(services, service => service.ServiceType.Namespace == typeof(IImageModel).Namespace);
    }

    [Theory]
    [InlineData(typeof(IImageModel), "OpenAI:ImageModel")]
    [InlineData(typeof(ITextClassifier), "OpenAI:ChatModel")]
    public async Task An_image_that_cannot_be_made_or_examined_is_refused_with_503_and_nothing_is_written(Type model, string setting)
    {
        await using var host = await TestHost.StartAsync(configure: Without(model));
        var anna = await host.SignUpAsync("anna");

        using var answer = await anna.Client.PostAsJsonAsync("images", new { prompt = "A lighthouse" });

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("urn:serverless-social:problem:model-not-configured", problem.GetProperty("type").GetString());
        Assert.Contains(setting, problem.GetProperty("detail").GetString());
        Assert.Null(answer.Headers.RetryAfter);
        await host.SettleAsync();
        Assert.Empty(await anna.ItemsAsync("me/images"));
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        Assert.Null(await documents.FindAsync<CreditDayDocument>(anna.Id, CreditDayDocument.IdOf(DateTimeOffset.UtcNow), default));
    }

    [Fact]
    public async Task A_job_whose_model_was_taken_away_fails_and_its_owner_is_told()
    {
        await using var host = await TestHost.StartAsync(configure: builder =>
        {
            Without(typeof(IImageModel))(builder);
            builder.Services.Remove(builder.Services.Single(service => ReferenceEquals(service.ImplementationInstance, ImagePipeline.Generation)));
            builder.Services.AddSingleton(ImagePipeline.Generation with { MaxDeliveryCount = 2 });
        });
        var anna = await host.SignUpAsync("anna");
        var id = Ids.New(DateTimeOffset.UtcNow);
        await host.Services.GetRequiredService<IDocumentStore>().CreateAsync(
            new ImageJobDocument { Id = id, OwnerId = anna.Id, Prompt = "A tree", Width = 1024, Height = 1024, CreatedAt = DateTimeOffset.UtcNow, WorkSince = DateTimeOffset.UtcNow },
            default);
        await host.SettleAsync();

        Assert.Equal("failed", (await anna.GetAsync($"images/{id}")).GetProperty("status").GetString());
        Assert.Single(await anna.ItemsAsync("notifications"));
    }

    [Fact]
    public async Task A_post_is_held_for_a_person_and_never_published_unreviewed()
    {
        await using var host = await TestHost.StartAsync(configure: Without(typeof(ITextClassifier)));
        var (anna, mod) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mod", "moderator"));

        var id = await host.PostAsync(anna, "Good morning from the coast");

        var post = await anna.GetAsync($"posts/{id}");
        Assert.Equal("held", ModeratedHost.StatusOf(post));
        Assert.Equal(TextCheck.Unchecked, post.GetProperty("moderation").GetProperty("reason").GetString());
        using var unseen = await host.Anonymous.GetAsync($"posts/{id}");
        Assert.Equal(HttpStatusCode.NotFound, unseen.StatusCode);
        await host.ReleaseProfileAsync(mod, anna);
        var waiting = Assert.Single(await mod.ItemsAsync("moderation/queue?kind=held"), item => item.GetProperty("subject").GetProperty("id").GetString() == id);
        Assert.False(waiting.TryGetProperty("classifier", out _));

        await host.DecideAsync(mod, id, "restore");

        using var seen = await host.Anonymous.GetAsync($"posts/{id}");
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
    }

    [Fact]
    public async Task The_log_says_once_what_is_missing()
    {
        var log = new Lines();
        await using (await TestHost.StartAsync(configure: builder =>
        {
            Without(typeof(IImageModel), typeof(ITextClassifier))(builder);
            builder.Logging.AddProvider(log);
        }))
        {
        }

        Assert.Single(log.Written, line => line.Contains("OpenAI:ChatModel", StringComparison.Ordinal));
        Assert.Single(log.Written, line => line.Contains("OpenAI:ImageModel", StringComparison.Ordinal));
    }

    private static Action<WebApplicationBuilder> Without(params Type[] models) => builder =>
    {
        foreach (var model in models)
        {
            builder.Services.RemoveAll(model);
        }
    };

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> Written => lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
