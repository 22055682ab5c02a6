using OpenAI.Embeddings;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Hosts.Adapters.OpenAi;

/// <summary>The embedding port over embeddings.</summary>
internal sealed class OpenAiEmbeddingModel(EmbeddingClient client, string model, TokenPrice price) : IEmbeddingModel
{
    /// <inheritdoc/>
    public string Name => model;

    /// <inheritdoc/>
    public Task<EmbeddingAnswer> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        ModelCalls.RunAsync<EmbeddingAnswer>(
            "embeddings",
            model,
            async () =>
            {
                OpenAIEmbeddingCollection embeddings = await client.GenerateEmbeddingsAsync(texts, options: null, cancellationToken);
                ModelTelemetry.Used(model, embeddings.Usage?.InputTokenCount ?? 0, 0, price);
                return new TextsEmbedded([.. embeddings.OrderBy(embedding => embedding.Index).Select(embedding => embedding.ToFloats())]);
            },
            (_, why) => new EmbeddingRefused(why),
            cancellationToken);
}
