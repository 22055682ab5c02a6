using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ServerlessSocial.ContractTests.Models;

/// <summary>What a client sent.</summary>
internal sealed record RecordedRequest(string Path, string Authorization, JsonNode Body, DateTimeOffset At)
{
    /// <summary>Azure OpenAI's header for keys.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The API version that was asked for, as Azure OpenAI wants it.</summary>
    public string? ApiVersion { get; init; }
}

/// <summary>What the endpoint answers; <see cref="Never"/> keeps the client waiting until it goes away.</summary>
internal sealed record RecordedAnswer(int Status, string Body, string? RetryAfter = null)
{
    public static RecordedAnswer Never { get; } = new(0, string.Empty);
}

/// <summary>An endpoint on the loopback interface that speaks the OpenAI protocol: answers in the order given, the last one again and again.</summary>
internal sealed class RecordedEndpoint : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Queue<RecordedAnswer> answers;

    private RecordedEndpoint(WebApplication app, IEnumerable<RecordedAnswer> answers)
    {
        this.app = app;
        this.answers = new(answers);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Everything that was asked, in order.</summary>
    public ConcurrentQueue<RecordedRequest> Requests { get; } = new();

    /// <summary>Completes when a client has given up waiting.</summary>
    public TaskCompletionSource Abandoned { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first request has arrived.</summary>
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<RecordedEndpoint> StartAsync(params RecordedAnswer[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var endpoint = new RecordedEndpoint(server, answers);
        server.Run(endpoint.AnswerAsync);
        await server.StartAsync();
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        endpoint.Address = new Uri($"{address}/v1/");
        return endpoint;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var body = await JsonNode.ParseAsync(http.Request.Body);
        Requests.Enqueue(new(http.Request.Path, http.Request.Headers.Authorization.ToString(), body!, DateTimeOffset.UtcNow)
        {
            ApiKey = http.Request.Headers["api-key"],
            ApiVersion = http.Request.Query["api-version"],
        });
        Asked.TrySetResult();
        var answer = answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        if (answer == RecordedAnswer.Never)
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => Abandoned.TrySetResult(), TaskScheduler.Default);
            return;
        }

        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json";
        http.Response.Headers["x-request-id"] = "req_recorded";
        if (answer.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds;
        }

        await http.Response.WriteAsync(answer.Body);
    }
}
