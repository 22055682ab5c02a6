using ServerlessSocial.Benchmarks;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Tests.Costs;

/// <summary>A document store that tells a meter of every operation and leaves it to another.</summary>
internal sealed class CountingDocumentStore(IDocumentStore inner, CostMeter meter) : IDocumentStore
{
    private static readonly OperationCounts PointRead = OperationCounts.None with { PointReads = 1 };
    private static readonly OperationCounts Write = OperationCounts.None with { Writes = 1 };

    public ValueTask<StoreResult<T>> ReadAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        meter.Add(PointRead);
        return inner.ReadAsync<T>(partitionKey, id, cancellationToken);
    }

    public ValueTask<StoreResult<T>> CreateAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        meter.Add(Write);
        return inner.CreateAsync(document, cancellationToken);
    }

    public ValueTask<StoreResult<T>> ReplaceAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        meter.Add(Write);
        return inner.ReplaceAsync(document, cancellationToken);
    }

    public ValueTask<StoreResult<T>> DeleteAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        meter.Add(OperationCounts.None with { Deletes = 1 });
        return inner.DeleteAsync<T>(partitionKey, id, cancellationToken);
    }

    public async ValueTask<DocumentSet> ReadManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken)
    {
        var found = await inner.ReadManyAsync(keys, cancellationToken);
        if (keys.Count > 0)
        {
            meter.Add(OperationCounts.None with { ReadManys = 1, Documents = found.Count });
        }

        return found;
    }

    public async ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var page = await inner.QueryAsync<T>(query, cancellationToken);
        meter.Add(OperationCounts.None with { Queries = 1, Documents = page.Items.Count });
        return page;
    }

    public ValueTask UpsertManyAsync<T>(IReadOnlyCollection<T> documents, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        meter.Add(OperationCounts.None with { Writes = documents.Count });
        return inner.UpsertManyAsync(documents, cancellationToken);
    }

    public ValueTask DeleteManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken)
    {
        meter.Add(OperationCounts.None with { Deletes = keys.Count });
        return inner.DeleteManyAsync(keys, cancellationToken);
    }

    public ValueTask TallyAsync(IReadOnlyCollection<Tally> tallies, CancellationToken cancellationToken)
    {
        meter.Add(OperationCounts.None with { Tallies = tallies.Count });
        return inner.TallyAsync(tallies, cancellationToken);
    }
}
