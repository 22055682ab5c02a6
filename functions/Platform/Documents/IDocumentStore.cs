namespace ServerlessSocial.Platform.Documents;

/// <summary>
/// The document port: point operations, one-partition queries by id range, batched reads and exact counters.
/// Outcomes a caller can act on are values (<see cref="StoreResult{T}"/>); exceptions mean outages or bugs.
/// </summary>
public interface IDocumentStore
{
    /// <summary>Reads one document: <see cref="StoreStatus.Done"/> or <see cref="StoreStatus.NotFound"/>.</summary>
    ValueTask<StoreResult<T>> ReadAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>;

    /// <summary>Creates a document with revision 1; <see cref="StoreStatus.Conflict"/> if its id is taken in its partition.</summary>
    ValueTask<StoreResult<T>> CreateAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>;

    /// <summary>
    /// Replaces a document that was read before, if its <see cref="Document.ETag"/> still holds, and raises its revision;
    /// <see cref="StoreStatus.PreconditionFailed"/> or <see cref="StoreStatus.NotFound"/> otherwise.
    /// </summary>
    ValueTask<StoreResult<T>> ReplaceAsync<T>(T document, CancellationToken cancellationToken)
        where T : Document, IDocument<T>;

    /// <summary>Deletes a document; a missing one counts as done.</summary>
    ValueTask<StoreResult<T>> DeleteAsync<T>(string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T>;

    /// <summary>Loads documents of any containers in one batch; missing ones are simply not in the set.</summary>
    ValueTask<DocumentSet> ReadManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken);

    /// <summary>Reads documents of one partition in the order of their ids.</summary>
    ValueTask<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancellationToken)
        where T : Document, IDocument<T>;

    /// <summary>
    /// Writes documents whole, whether they exist or not, in any order and in no common transaction; all are written when it returns.
    /// For documents that only their pipeline writes: no ETag is checked.
    /// </summary>
    ValueTask UpsertManyAsync<T>(IReadOnlyCollection<T> documents, CancellationToken cancellationToken)
        where T : Document, IDocument<T>;

    /// <summary>Deletes documents of any containers; missing ones count as done.</summary>
    ValueTask DeleteManyAsync(IReadOnlyCollection<DocumentKey> keys, CancellationToken cancellationToken);

    /// <summary>Counts facts exactly once each: see <see cref="Tally"/>. Applying the same tally again changes nothing.</summary>
    ValueTask TallyAsync(IReadOnlyCollection<Tally> tallies, CancellationToken cancellationToken);
}

/// <summary>Follows the changes of one container in the order of each partition's writes: the newest version of each document, no deletes.</summary>
public interface IChangeFeed
{
    /// <summary>Reads the changes after a position.</summary>
    /// <param name="position">What the page before returned; null starts at the beginning.</param>
    /// <param name="limit">At most so many documents.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<ChangePage<T>> ReadChangesAsync<T>(string? position, int limit, CancellationToken cancellationToken)
        where T : Document, IDocument<T>;
}

/// <summary>Some changes, and the position after them; the position stays the same when there are none.</summary>
/// <param name="Documents">Changed documents, oldest change first.</param>
/// <param name="Position">Where the next read continues.</param>
public sealed record ChangePage<T>(IReadOnlyList<T> Documents, string? Position);
