using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessSocial.Tests.Images;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Telemetry;

[Collection(TelemetryTestGroup.Name)]
public sealed class PrivacyTests
{
    private const string Secret = "xyzzyplugh";

    [Fact]
    public async Task Neither_what_people_write_nor_their_tokens_reach_logs_spans_or_metrics()
    {
        using var recording = new Recording();
        using var log = new LogLines();

        // Chat fails once with an error for each text and refuses a post in its own words; the image model throws what it was asked.
        await using var endpoint = await ModelEndpoint.StartAsync(
            asked => asked.Contains(Secret, StringComparison.Ordinal), asked => asked.Contains("Again", StringComparison.Ordinal));
        var model = new ScriptedModel((call, request) => call == 1
            ? throw new InvalidDataException("The picture broke.")
            : Task.FromResult(ScriptedModel.Picture));
        await using var host = await TestHost.StartAsync(endpoint.Settings, builder =>
        {
            model.Register(builder);
            builder.Logging.AddProvider(log).AddFilter("ServerlessSocial", LogLevel.Trace);
        });
        var token = await host.TokenAsync("anna");
        using var client = host.NewClient(token);
        var profile = await client.PostAsJsonAsync("profiles", new { handle = "anna", displayName = Secret, bio = Secret });
        profile.EnsureSuccessStatusCode();
        var anna = new TestUser(string.Empty, "anna", client);

        var post = await anna.PostAsync(new { text = $"Hello {Secret}", contentWarning = Secret });
        await anna.PostAsync(new { text = $"Again {Secret}", replyTo = post.Id() });
        await ImageTests.AskAsync(anna, $"A tree, {Secret}");
        await host.SettleAsync();

        // What is refused: shape, fields, tokens, ids and queries.
        await anna.RefusedAsync(new { text = Secret, replyTo = Secret });
        using var broken = await client.PostAsync("posts", new StringContent($"{{ \"text\": \"{Secret}", null, "application/json"));
        await client.StatusAsync($"posts/{post.Id()}?cursor={Secret}&access_token={token}");
        using var stranger = host.NewClient(token + Secret);
        await stranger.StatusAsync("me");
        await host.SettleAsync();

        Assert.Contains(log.Lines, line => line.Contains("ModeratePost", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("GenerateImage", StringComparison.Ordinal));
        Assert.Contains(recording.Spans, span => span.Status == ActivityStatusCode.Error);
        string[] secrets = [Secret, token, token.Split('.')[2], "secret-key-of-the-endpoint"];
        var written = log.Lines.Concat(recording.Spans.SelectMany(TextsOf)).Concat(recording.Measurements.SelectMany(TextsOf));
        Assert.All(written, text => Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<string> TextsOf(Activity span) =>
    [
        span.DisplayName, span.OperationName, span.StatusDescription ?? string.Empty, span.TraceStateString ?? string.Empty,
        .. span.TagObjects.Concat(span.Events.SelectMany(happened => happened.Tags)).Select(tag => $"{tag.Key}={tag.Value}"),
        .. span.Baggage.Select(item => $"{item.Key}={item.Value}"),
    ];

    private static IEnumerable<string> TextsOf(Measurement measured) => measured.Labels.Select(label => $"{label.Key}={label.Value}");

    /// <summary>Keeps every line, exceptions and scopes' values included.</summary>
    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
