using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Hosts.Adapters.OpenAi;

/// <summary>Adds the models that are configured; what stands in for the others, if anything, is the host's choice.</summary>
internal static class OpenAiModels
{
    /// <summary>Adds the adapters for the configured models.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">What is configured.</param>
    /// <param name="connect">Makes the client; each host signs in its own way.</param>
    /// <param name="prepare">What a host's client wants of the options of a chat; null for nothing.</param>
    public static void AddOpenAiModels(
        this IServiceCollection services, OpenAiOptions options, Func<IServiceProvider, OpenAIClient> connect, Action<ChatCompletionOptions>? prepare = null)
    {
        if (options.Endpoint.Length == 0)
        {
            return;
        }

        services.AddSingleton<IFaultReader, OpenAiFaults>();
        services.AddSingleton(connect);
        if (options.ChatModel.Length > 0)
        {
            services.AddSingleton<ITextModel>(provider => new OpenAiTextModel(
                Client(provider).GetChatClient(options.ChatModel), options.ChatModel, new(options.ChatInputPrice, options.ChatOutputPrice), prepare));
            services.AddSingleton<ITextClassifier, ModelTextClassifier>();
        }

        if (options.VisionModel.Length > 0)
        {
            services.AddSingleton<IImageClassifier>(provider => new OpenAiImageClassifier(
                Client(provider).GetChatClient(options.VisionModel), options.VisionModel, new(options.ChatInputPrice, options.ChatOutputPrice), prepare));
        }

        if (options.ImageModel.Length > 0)
        {
            services.AddSingleton<IImageModel>(provider => new OpenAiImageModel(
                Client(provider).GetImageClient(options.ImageModel), options.ImageModel, options.ImagePrice));
        }

        if (options.EmbeddingModel.Length > 0)
        {
            services.AddSingleton<IEmbeddingModel>(provider => new OpenAiEmbeddingModel(
                Client(provider).GetEmbeddingClient(options.EmbeddingModel), options.EmbeddingModel, new(options.EmbeddingPrice, 0)));
        }

        static OpenAIClient Client(IServiceProvider provider) => provider.GetRequiredService<OpenAIClient>();
    }

    /// <summary>A client for an endpoint with a key.</summary>
    public static OpenAIClient Connect(OpenAiOptions options)
    {
        var clientOptions = new OpenAIClientOptions { Endpoint = new Uri(options.Endpoint) };
        Bound(clientOptions, options);
        return new OpenAIClient(new ApiKeyCredential(options.ApiKey is { Length: > 0 } key ? key : "none"), clientOptions);
    }

    /// <summary>Bounds how long a call may take and how often it is tried.</summary>
    public static void Bound(ClientPipelineOptions clientOptions, OpenAiOptions options)
    {
        clientOptions.NetworkTimeout = options.Timeout;
        clientOptions.RetryPolicy = new BoundedRetryPolicy(options.MaxRetries, options.LongestWait);
    }
}
