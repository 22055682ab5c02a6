namespace ServerlessSocial.Hosts.Local.Storage;

internal sealed partial class SqliteDocumentStore
{
    /// <summary>Rows the writer walks over at a time: about a millisecond.</summary>
    private const int SweepRows = 2_000;

    /// <summary>
    /// Removes documents whose time to live is over. They are invisible already; this frees their space. It walks the
    /// tables instead of keeping an index on the expiry, which every fan-out write would have to pay for.
    /// </summary>
    /// <returns>How many were removed.</returns>
    public async ValueTask<int> SweepAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var table in tables.Values)
        {
            (string PartitionKey, string Id)? next = ("", "");
            while (next is { } after)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var now = Now;
                next = EndOfStretch(table, after.PartitionKey, after.Id);
                removed += next is { } upTo
                    ? await table.File.WriteAsync(session => session.Run(table.DeleteExpired, after.PartitionKey, after.Id, upTo.PartitionKey, upTo.Id, now))
                    : await table.File.WriteAsync(session => session.Run(table.DeleteExpiredRest, after.PartitionKey, after.Id, now));

                // A walk through a large table must not keep a core from requests.
                await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken);
            }
        }

        return removed;
    }

    private static (string PartitionKey, string Id)? EndOfStretch(DocumentTable table, string afterPartition, string afterId)
    {
        using var reader = table.File.Read();
        using var row = reader.Session.Query(table.Stretch, afterPartition, afterId, SweepRows - 1);
        return row.Read() ? (row.GetString(0), row.GetString(1)) : null;
    }
}
