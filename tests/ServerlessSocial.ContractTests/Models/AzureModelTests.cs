using System.ClientModel.Primitives;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Hosting.Internal;
using ServerlessSocial.Hosts.Adapters.OpenAi;
using ServerlessSocial.Hosts.Azure;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.ContractTests.Models;

/// <summary>What the Azure host's construction of its client sends: requests that current models take, in the form of Azure OpenAI.</summary>
public sealed class AzureModelTests : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> open = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var disposable in open)
        {
            await disposable.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chat_asks_for_completion_tokens_and_for_nothing_that_reasoning_models_refuse(bool key)
    {
        var (endpoint, model) = await ConnectAsync<ITextModel>(key, Recorded.Chat("""{"score":0.5}"""));
        var schema = new TextSchema("scores", """{"type":"object","properties":{"score":{"type":"number"}},"required":["score"],"additionalProperties":false}""");

        Assert.Equal(new TextWritten("""{"score":0.5}"""), await model.CompleteAsync(new("Answer briefly.", "What people wrote", 200) { Schema = schema }, default));

        var request = AssertAzure(endpoint, key, "chat-deployment/chat/completions");
        Assert.Equal(200, (int)request.Body["max_completion_tokens"]!);
        Assert.True((bool)request.Body["response_format"]!["json_schema"]!["strict"]!);
        Assert.Equal(["max_completion_tokens", "messages", "model", "response_format"], Names(request));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_picture_is_asked_for_without_a_response_format(bool key)
    {
        var (endpoint, model) = await ConnectAsync<IImageModel>(key, Recorded.Image);

        Assert.IsType<ImageMade>(await model.GenerateAsync(new("a fox in the snow", null, 1024, 1536), default));

        var request = AssertAzure(endpoint, key, "image-deployment/images/generations");
        Assert.Equal(["model", "prompt", "size"], Names(request));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Vectors_are_asked_for_and_come_in_the_order_of_their_texts(bool key)
    {
        var (endpoint, model) = await ConnectAsync<IEmbeddingModel>(key, Recorded.Embeddings);

        var embedded = Assert.IsType<TextsEmbedded>(await model.EmbedAsync(["x", "y", "z"], default));

        Assert.Equal([[1, 0, 0], [0, 1, 0], [0, 0, 1]], embedded.Vectors.Select(vector => vector.ToArray()));
        var request = AssertAzure(endpoint, key, "embedding-deployment/embeddings");
        Assert.Equal(["encoding_format", "input", "model"], Names(request));
    }

    [Fact]
    public async Task Faults_are_waited_for_within_the_same_bounds_as_elsewhere()
    {
        var (passing, model) = await ConnectAsync<ITextModel>(true, Recorded.ServerError, Recorded.Chat("well again"));
        Assert.Equal(new TextWritten("well again"), await model.CompleteAsync(new("Answer briefly.", "What people wrote", 200), default));
        Assert.Equal(2, passing.Requests.Count);

        var (busy, waiting) = await ConnectAsync<ITextModel>(true, Recorded.Throttled("3600"));
        await Assert.ThrowsAsync<System.ClientModel.ClientResultException>(() => waiting.CompleteAsync(new("Answer briefly.", "What people wrote", 200), default));
        Assert.Single(busy.Requests);
    }

    [Theory]
    [InlineData("Production", "an-id", typeof(ManagedIdentityCredential))]
    [InlineData("Production", "", typeof(ManagedIdentityCredential))]
    [InlineData("Development", "an-id", typeof(DefaultAzureCredential))]
    public void In_Azure_the_managed_identity_signs_in_and_nothing_else_is_tried(string environment, string client, Type expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("AZURE_CLIENT_ID", client)]).Build();
        Assert.IsType(expected, AzureCredential.Make(new HostingEnvironment { EnvironmentName = environment }, configuration));
    }

    private static RecordedRequest AssertAzure(RecordedEndpoint endpoint, bool key, string path)
    {
        var request = Assert.Single(endpoint.Requests);
        Assert.Equal($"/openai/deployments/{path}", request.Path);
        Assert.Matches(@"^\d{4}-\d\d-\d\d", request.ApiVersion);
        Assert.Equal(key ? ("test-key", string.Empty) : (null, "Bearer token for https://cognitiveservices.azure.com/.default"), (request.ApiKey, request.Authorization));
        return request;
    }

    private static IEnumerable<string> Names(RecordedRequest request) => request.Body.AsObject().Select(property => property.Key).Order(StringComparer.Ordinal);

    private async Task<(RecordedEndpoint Endpoint, T Port)> ConnectAsync<T>(bool key, params RecordedAnswer[] answers)
        where T : notnull
    {
        var endpoint = await RecordedEndpoint.StartAsync(answers);
        var address = new Uri(endpoint.Address, "/");
        var options = new OpenAiOptions
        {
            // A token is sent over TLS alone: the transport takes it from there to the endpoint.
            Endpoint = key ? address.ToString() : "https://resource.openai.azure.com/",
            ApiKey = key ? "test-key" : null,
            ChatModel = "chat-deployment",
            ImageModel = "image-deployment",
            EmbeddingModel = "embedding-deployment",
            MaxRetries = 1,
        };
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddOpenAiModels(options, _ => AzureModels.Connect(options, () => new FixedToken(), Transport(address)), AzureModels.AsCurrentModelsTakeIt);
        var provider = services.BuildServiceProvider();
        open.Add(provider);
        open.Add(endpoint);
        return (endpoint, provider.GetRequiredService<T>());
    }

    private static HttpClientPipelineTransport Transport(Uri address) => new(new HttpClient(new Redirected(address)));

    private sealed class Redirected(Uri address) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(address, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class FixedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new($"token for {string.Join(' ', requestContext.Scopes)}", DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
