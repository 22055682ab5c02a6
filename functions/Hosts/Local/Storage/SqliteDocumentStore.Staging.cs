using System.Diagnostics;
using System.Text;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <remarks>
/// Fan-out writes one small document into each of thousands of partitions: thousands of pages of a clustered table, of
/// which every one goes to the log and to the file whole, 18 KB of disk traffic per document as measured. So such writes
/// are staged: made durable as one dense journal row per block, answered from memory, and merged into the table sorted
/// and by the ten thousands, when neighbours share pages: the larger the merge, the more. What is staged is newer than the table; operations on single
/// documents first make a staged version leave staging.
/// </remarks>
internal sealed partial class SqliteDocumentStore
{
    private const int StagingBlock = 128;
    private const int BlocksUnderWay = 4;
    private const int RemovalsPerStep = 2_000;
    private static readonly TimeSpan MergeStep = TimeSpan.FromMilliseconds(2);

    /// <summary>Staged documents of a container at which a merge begins. Some 450 bytes of memory each.</summary>
    public int MergeAt { get; init; } = 48_000;

    /// <summary>Staged documents of a container at which writers wait for the merge.</summary>
    public int StagingRoom { get; init; } = 140_000;

    private static bool IsScattered<T>(DocumentTable table, IReadOnlyCollection<T> documents)
        where T : Document
    {
        // Followers of a change feed read the table; tallies do; and memory sorts ids as the file does only if they are ASCII.
        if (documents.Count < 32 || table.Container.ChangeFeed || table.Container.Name == StatsDocument.Container.Name)
        {
            return false;
        }

        var partitions = 0;
        string? previous = null;
        foreach (var document in documents)
        {
            partitions += document.PartitionKey == previous ? 0 : 1;
            previous = document.PartitionKey;
            if (!Ascii.IsValid(document.Id))
            {
                return false;
            }
        }

        return partitions > documents.Count / 2;
    }

    private async ValueTask StageAsync<T>(DocumentTable table, IReadOnlyCollection<T> documents, CancellationToken cancellationToken)
        where T : Document
    {
        var underWay = new Queue<Task>(BlocksUnderWay);
        try
        {
            foreach (var chunk in documents.Chunk(StagingBlock))
            {
                while (table.Staged.Count > StagingRoom)
                {
                    await MergeAsync(table);
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (underWay.Count == BlocksUnderWay)
                {
                    await underWay.Dequeue();
                }

                underWay.Enqueue(StageAsync(table, chunk));
            }
        }
        finally
        {
            await Task.WhenAll(underWay);
        }
    }

    private async Task StageAsync<T>(DocumentTable table, T[] documents)
        where T : Document
    {
        var now = Now;
        var (block, staged) = StagedDocument.Layout(Array.ConvertAll(documents, document => (
            document.PartitionKey,
            document.Id,
            StoredDocument.Expires(table.Container, document.Ttl, now),
            StoredDocument.Serialize(StoredDocument.Prepare(document, Math.Max(1, document.Revision))))));
        await database.WriteAsync(
            session =>
            {
                table.EnsureCreated(session);
                var sequence = database.NextSequence(staged.Length);
                StagingJournal.Append(session, table.Container.Name, sequence, leaves: false, block);
                foreach (var document in staged)
                {
                    document.Sequence = sequence++;
                }

                return true;
            },
            written =>
            {
                if (!written)
                {
                    return;
                }

                table.Exists = true;
                foreach (var document in staged)
                {
                    table.Staged.Add(document);
                    cache.Forget(new(table, document.PartitionKey, document.Id));
                }

                if (table.Staged.Count > MergeAt && table.Merging.IsCompleted)
                {
                    _ = MergeInBackgroundAsync(table);
                }
            },
            bulk: true);
    }

    /// <summary>Moves staged versions of these documents into the table, before an operation that compares or replaces them.</summary>
    private async Task UnstageAsync(CacheKey[] keys) =>
        await database.WriteAsync(
            session =>
            {
                var leaving = new List<(DocumentTable Table, StagedDocument Document)>();
                foreach (var key in keys)
                {
                    if (key.Table.Staged.Find(key.PartitionKey, key.Id) is { } staged)
                    {
                        leaving.Add((key.Table, staged));
                    }
                }

                foreach (var group in leaving.GroupBy(entry => entry.Table, entry => entry.Document))
                {
                    foreach (var document in group)
                    {
                        Merge(session, group.Key, document);
                    }

                    var (block, _) = StagedDocument.Layout([.. group.Select(document => (document.PartitionKey, document.Id, (long?)null, Array.Empty<byte>()))]);
                    StagingJournal.Append(session, group.Key.Container.Name, database.NextSequence(), leaves: true, block);
                }

                return leaving;
            },
            leaving =>
            {
                foreach (var (table, document) in leaving ?? [])
                {
                    table.Staged.Remove(document);
                }
            },
            atomic: true);

    private static void Merge(SqliteSession session, DocumentTable table, StagedDocument document) =>
        session.Use(table.Upsert).Bind(1, document.PartitionKey).Bind(2, document.Id).Bind(3, document.Sequence).Bind(4, document.Expires).BindBlob(5, document.Body).Run();

    /// <summary>Merges what is staged into the table; a merge that is under way is joined.</summary>
    private Task MergeAsync(DocumentTable table)
    {
        lock (table.Staged)
        {
            return table.Merging.IsCompleted ? table.Merging = Task.Run(() => MergeAllAsync(table)) : table.Merging;
        }
    }

    private async Task MergeInBackgroundAsync(DocumentTable table)
    {
        try
        {
            await MergeAsync(table);
        }
        catch (Exception error) when (error is StorageException or ObjectDisposedException)
        {
            // Nothing is lost: the journal still has everything, and the next block or the next start tries again.
            database.Logger.LogWarning(error, "Staged documents of {Container} were not merged.", table.Container.Name);
        }
    }

    private async Task MergeAllAsync(DocumentTable table)
    {
        // Taken on the writer's thread: every block up to this number is in the snapshot as a whole.
        var (documents, upTo) = await database.WriteAsync(_ => (table.Staged.Snapshot(), database.LastSequence));
        StagedDocuments.Sort(documents);
        for (var next = 0; next < documents.Length;)
        {
            var from = next;
            next = await database.WriteAsync(session => MergeSome(session, table, documents, from), bulk: true);
        }

        // The journal first: a document leaves memory only when no restart can bring it back.
        while (await database.WriteAsync(session => StagingJournal.Trim(session, table.Container.Name, upTo), bulk: true) > 0)
        {
        }

        foreach (var chunk in documents.Chunk(RemovalsPerStep))
        {
            await database.WriteAsync(_ => true, _ => Array.ForEach(chunk, table.Staged.Remove), bulk: true);
        }
    }

    /// <summary>Merges from a position on for as long as other writers can wait; the position it came to.</summary>
    private static int MergeSome(SqliteSession session, DocumentTable table, StagedDocument[] documents, int position)
    {
        var began = Stopwatch.GetTimestamp();
        for (; position < documents.Length && Stopwatch.GetElapsedTime(began) < MergeStep; position++)
        {
            // Meanwhile it may have been replaced by a newer staged version, or have left staging.
            var document = documents[position];
            if (table.Staged.Find(document.PartitionKey, document.Id) == document)
            {
                Merge(session, table, document);
            }
        }

        return position;
    }
}
