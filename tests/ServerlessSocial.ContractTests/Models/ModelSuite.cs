using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Hosts.Adapters.OpenAi;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.ContractTests.Models;

/// <summary>The model ports over the real OpenAI SDK, connected as a host connects them.</summary>
public abstract class ModelSuite : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> open = [];

    protected static CancellationToken None => CancellationToken.None;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var disposable in open)
        {
            await disposable.DisposeAsync();
        }
    }

    /// <summary>An endpoint with these answers, and the ports that speak to it.</summary>
    private protected async Task<(RecordedEndpoint Endpoint, T Port)> ConnectAsync<T>(RecordedAnswer[] answers, Action<OpenAiOptions>? configure = null)
        where T : notnull
    {
        var endpoint = await RecordedEndpoint.StartAsync(answers);
        var options = new OpenAiOptions
        {
            Endpoint = endpoint.Address.ToString(),
            ApiKey = "test-key",
            ChatModel = "chat-model",
            ImageModel = "image-model",
            EmbeddingModel = "embedding-model",
            MaxRetries = 1,
        };
        configure?.Invoke(options);
        var services = new ServiceCollection();
        services.AddOpenAiModels(options, _ => OpenAiModels.Connect(options));
        var provider = services.BuildServiceProvider();
        open.Add(provider);
        open.Add(endpoint);
        return (endpoint, provider.GetRequiredService<T>());
    }

    private protected Task<(RecordedEndpoint Endpoint, ITextModel Model)> ChatAsync(params RecordedAnswer[] answers) => ConnectAsync<ITextModel>(answers);
}
