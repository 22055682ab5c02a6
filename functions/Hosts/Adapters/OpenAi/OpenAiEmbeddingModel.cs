using OpenAI.Embeddings;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Hosts.Adapters.OpenAi;

/// <summary>The embedding port over embeddings.</summary>
internal sealed class OpenAiEmbeddingModel(EmbeddingClient client, string model, TokenPrice price) : IEmbeddingModel
{
    /// <inheritdoc/>
    public string Name => model;

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        ModelCalls.RunAsync<IReadOnlyList<ReadOnlyMemory<float>>>(
            "embeddings",
            model,
            async () =>
            {
                OpenAIEmbeddingCollection embeddings = await client.GenerateEmbeddingsAsync(texts, options: null, cancellationToken);
                ModelTelemetry.Used(model, embeddings.Usage?.InputTokenCount ?? 0, 0, price);
                return [.. embeddings.OrderBy(embedding => embedding.Index).Select(embedding => embedding.ToFloats())];
            },
            code => throw new InvalidOperationException($"The embedding model refused: {code}"),
            cancellationToken);
}
