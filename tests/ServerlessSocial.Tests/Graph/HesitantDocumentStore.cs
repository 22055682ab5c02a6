using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Tests.Graph;

/// <summary>A store that waits before each operation for as long as chance has it, so that what happens at the same time happens in every order.</summary>
internal sealed class HesitantDocumentStore(IDocumentStore inner, int seed) : IDocumentStore
{
    private readonly Random random = new(seed);

    public async ValueTask<StoreResult<T>> ReadAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        await HesitateAsync(cancellationToken);
        return await inner.ReadAsync<T>(partitionKey, id, cancellationToken);
    }

    public async ValueTask<StoreResult<T>> CreateAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        await HesitateAsync(cancellationToken);
        return await inner.CreateAsync(document, cancellationToken);
    }

    public async ValueTask<StoreResult<T>> ReplaceAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        await HesitateAsync(cancellationToken);
        return await inner.ReplaceAsync(document, cancellationToken);
    }

    public async ValueTask<StoreResult<T>> DeleteAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        await HesitateAsync(cancellationToken);
        return await inner.DeleteAsync<T>(partitionKey, id, cancellationToken);
    }

    public async ValueTask<DocumentSet> ReadManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken)
    {
        await HesitateAsync(cancellationToken);
        return await inner.ReadManyAsync(keys, cancellationToken);
    }

    public async ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        await HesitateAsync(cancellationToken);
        return await inner.QueryAsync<T>(query, cancellationToken);
    }

    public async ValueTask UpsertManyAsync<T>(IReadOnlyCollection<T> documents, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        await HesitateAsync(cancellationToken);
        await inner.UpsertManyAsync(documents, cancellationToken);
    }

    public async ValueTask DeleteManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken)
    {
        await HesitateAsync(cancellationToken);
        await inner.DeleteManyAsync(keys, cancellationToken);
    }

    public async ValueTask TallyAsync(IReadOnlyCollection<Tally> tallies, CancellationToken cancellationToken)
    {
        await HesitateAsync(cancellationToken);
        await inner.TallyAsync(tallies, cancellationToken);
    }

    private async Task HesitateAsync(CancellationToken cancellationToken)
    {
        int milliseconds;
        lock (random)
        {
            milliseconds = random.Next(6) - 2;
        }

        if (milliseconds > 0)
        {
            await Task.Delay(milliseconds, cancellationToken);
        }
    }
}
