using ServerlessSocial.Benchmarks;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Tests.Costs;

/// <summary>
/// A document store that tells a meter of every operation and leaves it to another. What a write costs depends on whether something was there,
/// which it looks up beside the operation, uncounted. The full-text index of what is searched is taken to cost as much again as the document; a search, which asks every
/// physical partition and looks words up, as four queries of one partition.
/// </summary>
internal sealed class CountingDocumentStore(IDocumentStore inner, ISearchIndex index, CostMeter meter) : IDocumentStore, ISearchIndex
{
    private const int QueriesOfSearch = 4;

    private static readonly OperationCounts PointRead = OperationCounts.None with { PointReads = 1 };

    public ValueTask<StoreResult<T>> ReadAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        meter.Add(partitionKey, PointRead);
        return inner.ReadAsync<T>(partitionKey, id, cancellationToken);
    }

    public async ValueTask<StoreResult<T>> CreateAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var created = await inner.CreateAsync(document, cancellationToken);
        meter.Add(document.PartitionKey, created.IsDone ? Changing<T>(OperationCounts.None with { Creates = 1 }) : PointRead);
        return created;
    }

    public async ValueTask<StoreResult<T>> ReplaceAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var replaced = await inner.ReplaceAsync(document, cancellationToken);
        meter.Add(document.PartitionKey, replaced.IsDone ? Changing<T>(OperationCounts.None with { Replaces = 1 }) : PointRead);
        return replaced;
    }

    public async ValueTask<StoreResult<T>> DeleteAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        await CountDeletesAsync([DocumentKey.Of<T>(partitionKey, id)], cancellationToken);
        return await inner.DeleteAsync<T>(partitionKey, id, cancellationToken);
    }

    public async ValueTask<DocumentSet> ReadManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken)
    {
        var found = await inner.ReadManyAsync(keys, cancellationToken);
        if (keys.Count > 0)
        {
            meter.Add(null, OperationCounts.None with { ReadManys = 1 });
            foreach (var key in keys.Where(key => found.Get(key) is not null))
            {
                meter.Add(key.PartitionKey, OperationCounts.None with { Loaded = 1 });
            }
        }

        return found;
    }

    public async ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var page = await inner.QueryAsync<T>(query, cancellationToken);
        meter.Add(query.PartitionKey, OperationCounts.None with { Queries = 1, Listed = page.Items.Count });
        return page;
    }

    public async ValueTask UpsertManyAsync<T>(IReadOnlyCollection<T> documents, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var before = await inner.ReadManyAsync([.. documents.Select(document => DocumentKey.Of<T>(document.PartitionKey, document.Id))], cancellationToken);
        foreach (var document in documents)
        {
            var replaces = before.Get<T>(document.PartitionKey, document.Id) is not null;
            meter.Add(document.PartitionKey, Changing<T>(replaces ? OperationCounts.None with { Replaces = 1 } : OperationCounts.None with { Creates = 1 }));
        }

        await inner.UpsertManyAsync(documents, cancellationToken);
    }

    public async ValueTask DeleteManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken)
    {
        await CountDeletesAsync(keys, cancellationToken);
        await inner.DeleteManyAsync(keys, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Found>> FindAsync<T>(IndexQuery query, CancellationToken cancellationToken)
        where T : Document, IDocument<T>, ISearchable
    {
        var found = await index.FindAsync<T>(query, cancellationToken);
        meter.Add(null, OperationCounts.None with { Queries = QueriesOfSearch, Listed = found.Count });
        return found;
    }

    public ValueTask TallyAsync(IReadOnlyCollection<Tally> tallies, CancellationToken cancellationToken)
    {
        foreach (var tally in tallies)
        {
            meter.Add(tally.SubjectId, OperationCounts.None with { Tallies = 1 });
        }

        return inner.TallyAsync(tallies, cancellationToken);
    }

    private async Task CountDeletesAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken)
    {
        var before = await inner.ReadManyAsync(keys, cancellationToken);
        foreach (var key in keys)
        {
            meter.Add(key.PartitionKey, before.Get(key) is null ? OperationCounts.None with { Misses = 1 } : OperationCounts.None with { Deletes = key.Container.Searchable ? 2 : 1 });
        }
    }

    private static OperationCounts Changing<T>(OperationCounts written)
        where T : Document, IDocument<T>
    {
        var counted = T.Container.Searchable ? written + written : written;
        return T.Container.ChangeFeed ? counted with { Changes = 1 } : counted;
    }
}
