using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Tests.Platform.Pipelines;

/// <summary>A document store that answers nothing while it is out, and otherwise leaves everything to another.</summary>
internal sealed class UnreliableDocumentStore(IDocumentStore inner) : IDocumentStore
{
    /// <summary>Whether it is out.</summary>
    public bool IsOut { get; set; }

    private IDocumentStore Inner => IsOut ? throw new HttpRequestException("The store does not answer.") : inner;

    public ValueTask<StoreResult<T>> ReadAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T> => Inner.ReadAsync<T>(partitionKey, id, cancellationToken);

    public ValueTask<StoreResult<T>> CreateAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T> => Inner.CreateAsync(document, cancellationToken);

    public ValueTask<StoreResult<T>> ReplaceAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T> => Inner.ReplaceAsync(document, cancellationToken);

    public ValueTask<StoreResult<T>> DeleteAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T> => Inner.DeleteAsync<T>(partitionKey, id, cancellationToken);

    public ValueTask<DocumentSet> ReadManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken) =>
        Inner.ReadManyAsync(keys, cancellationToken);

    public ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken)
        where T : Document, IDocument<T> => Inner.QueryAsync<T>(query, cancellationToken);

    public ValueTask UpsertManyAsync<T>(IReadOnlyCollection<T> documents, CancellationToken cancellationToken)
        where T : Document, IDocument<T> => Inner.UpsertManyAsync(documents, cancellationToken);

    public ValueTask DeleteManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken) =>
        Inner.DeleteManyAsync(keys, cancellationToken);

    public ValueTask TallyAsync(IReadOnlyCollection<Tally> tallies, CancellationToken cancellationToken) => Inner.TallyAsync(tallies, cancellationToken);
}
