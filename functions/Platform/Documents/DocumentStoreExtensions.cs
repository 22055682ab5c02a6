namespace ServerlessSocial.Platform.Documents;

/// <summary>What slices do with documents again and again.</summary>
public static class DocumentStoreExtensions
{
    private const int Attempts = 20;
    private const int PatientAfter = 2;

    /// <summary>Reads one document, or null.</summary>
    /// <exception cref="StoreThrottledException">The store asked to come again later.</exception>
    public static async ValueTask<T?> FindAsync<T>(this IDocumentStore store, string partitionKey, string id, CancellationToken cancellationToken)
        where T : Document, IDocument<T> => (await store.ReadAsync<T>(partitionKey, id, cancellationToken)).OrNull();

    /// <summary>
    /// Changes a document under its ETag, reading it again whenever somebody else was faster.
    /// <paramref name="change"/> must be pure: it may run several times. Returning null, or an equal document, leaves the store alone.
    /// </summary>
    /// <returns>The document as stored afterwards, or null if there is none.</returns>
    /// <exception cref="StoreThrottledException">The store asked to come again later.</exception>
    public static ValueTask<T?> UpdateAsync<T>(this IDocumentStore store, string partitionKey, string id, Func<T, T?> change, CancellationToken cancellationToken)
        where T : Document, IDocument<T> =>
        store.SetAsync<T>(partitionKey, id, found => found is null ? null : change(found), cancellationToken);

    /// <summary>
    /// Like <see cref="UpdateAsync"/>, for a document that was read a moment ago: it is read again only if somebody else was faster.
    /// </summary>
    /// <returns>The document as stored afterwards, or null if there is none.</returns>
    /// <exception cref="StoreThrottledException">The store asked to come again later.</exception>
    public static async ValueTask<T?> UpdateReadAsync<T>(this IDocumentStore store, T read, Func<T, T?> change, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var changed = change(read);
        if (changed is null || changed.Equals(read))
        {
            return read;
        }

        var written = (await store.ReplaceAsync(changed with { ETag = read.ETag }, cancellationToken)).NotThrottled();
        return written.IsDone ? written.Document : await store.UpdateAsync(read.PartitionKey, read.Id, change, cancellationToken);
    }

    /// <summary>Like <see cref="UpdateAsync"/>, but <paramref name="change"/> receives null and may create the document when there is none.</summary>
    /// <returns>The document as stored afterwards, or null if there is none.</returns>
    /// <exception cref="StoreThrottledException">The store asked to come again later, or others were faster many times in a row.</exception>
    public static async ValueTask<T?> SetAsync<T>(this IDocumentStore store, string partitionKey, string id, Func<T?, T?> change, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var found = await store.FindAsync<T>(partitionKey, id, cancellationToken);
            var changed = change(found);
            if (changed is null || changed.Equals(found))
            {
                return found;
            }

            var written = found is null
                ? await store.CreateAsync(changed, cancellationToken)
                : await store.ReplaceAsync(changed with { ETag = found.ETag }, cancellationToken);
            if (written.NotThrottled().IsDone)
            {
                return written.Document;
            }

            // Whoever lost several times in a row waits a little, and not as long as the others who lost.
            if (attempt >= PatientAfter)
            {
                await Task.Delay(Random.Shared.Next(1, 2 + attempt), cancellationToken);
            }
        }

        throw new StoreThrottledException(TimeSpan.FromSeconds(1));
    }

    /// <summary>Reads every document of a range, page by page.</summary>
    public static async IAsyncEnumerable<T> QueryAllAsync<T>(
        this IDocumentStore store,
        DocumentQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        for (string? after = null; ;)
        {
            var page = await store.QueryAsync<T>(query.After(after), cancellationToken);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            if ((after = page.Next) is null)
            {
                yield break;
            }
        }
    }
}
