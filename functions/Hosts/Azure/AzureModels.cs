using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.AI.OpenAI;
using Azure.AI.OpenAI.Chat;
using Azure.Core;
using OpenAI.Chat;
using ServerlessSocial.Hosts.Adapters.OpenAi;

namespace ServerlessSocial.Hosts.Azure;

/// <summary>
/// The models of an Azure OpenAI resource: deployments on dated API versions, signed in to as this app's identity. A key is for stand-ins
/// and emulators alone. Contract tests look at what this construction sends.
/// </summary>
internal static class AzureModels
{
    /// <summary>Adds the adapters for the configured deployments.</summary>
    public static void AddAzureModels(this IServiceCollection services, OpenAiOptions options) =>
        services.AddOpenAiModels(options, provider => Connect(options, provider.GetRequiredService<TokenCredential>), AsCurrentModelsTakeIt);

    /// <summary>A client for the resource.</summary>
    /// <param name="options">Address of the resource, and bounds of a call.</param>
    /// <param name="credential">The app's identity; not asked for when there is a key.</param>
    /// <param name="transport">Carries the requests; null for the usual one.</param>
    internal static AzureOpenAIClient Connect(OpenAiOptions options, Func<TokenCredential> credential, PipelineTransport? transport = null)
    {
        var clientOptions = new AzureOpenAIClientOptions { Transport = transport };
        OpenAiModels.Bound(clientOptions, options);
        var endpoint = new Uri(options.Endpoint);
        return options.ApiKey is { Length: > 0 } key
            ? new AzureOpenAIClient(endpoint, new ApiKeyCredential(key), clientOptions)
            : new AzureOpenAIClient(endpoint, credential(), clientOptions);
    }

    /// <summary>Without this the client sends <c>max_tokens</c>, which reasoning models refuse (github.com/Azure/azure-sdk-for-net/issues/53598).</summary>
    internal static void AsCurrentModelsTakeIt(ChatCompletionOptions options)
    {
#pragma warning disable AOAI001 // To be removed with the API version that needs it no more.
        options.SetNewMaxCompletionTokensPropertyEnabled();
#pragma warning restore AOAI001
    }
}
