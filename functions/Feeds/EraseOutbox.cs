using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Feeds;

/// <summary>Empties the outbox in which a booster with very many followers left boosts. The person's own feed is a partition of theirs.</summary>
public sealed class EraseOutbox(IDocumentStore documents) : IErasureStep
{
    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Traces;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken) =>
        new(await documents.ErasePageAsync<FeedEntry>(FeedEntry.OutboxOf(person.ProfileId), cancellationToken) ? "more" : null);
}
