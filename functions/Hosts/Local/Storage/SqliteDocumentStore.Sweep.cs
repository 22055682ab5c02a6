namespace ServerlessSocial.Hosts.Local.Storage;

internal sealed partial class SqliteDocumentStore
{
    private const int SweepRows = 2_000;

    /// <summary>
    /// Removes documents whose time to live is over. They are invisible already; this frees their space. It walks the
    /// tables instead of keeping an index on the expiry, which every fan-out write would have to pay for.
    /// </summary>
    /// <returns>How many were removed.</returns>
    public async ValueTask<int> SweepAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var table in Tables().Where(table => table.Exists))
        {
            // Also in quiet times staged documents find their way into the table.
            if (table.Staged.Count > 0)
            {
                await MergeAsync(table);
            }

            (string PartitionKey, string Id)? after = ("", "");
            while (after is { } position)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var now = Now;
                var expired = new List<CacheKey>();
                after = FindExpired(table, position, now, expired);
                if (expired.Count > 0)
                {
                    removed += await RemoveAsync(table, expired, now);
                }

                // A walk through a large table must not keep a core from requests.
                await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken);
            }
        }

        return removed;
    }

    private DocumentTable[] Tables()
    {
        lock (tables)
        {
            return [.. tables.Values];
        }
    }

    private (string PartitionKey, string Id)? FindExpired(DocumentTable table, (string PartitionKey, string Id) after, long now, List<CacheKey> expired)
    {
        using var reader = database.Read();
        using var rows = reader.Session.Use(table.Scan).Bind(1, after.PartitionKey).Bind(2, after.Id).Bind(3, SweepRows);
        var seen = 0;
        while (rows.Step())
        {
            seen++;
            if (seen == SweepRows)
            {
                after = (rows.Text(0), rows.Text(1));
            }

            if (!rows.IsNull(2) && rows.Number(2) <= now)
            {
                expired.Add(new(table, rows.Text(0), rows.Text(1)));
            }
        }

        return seen == SweepRows ? after : null;
    }

    private Task<int> RemoveAsync(DocumentTable table, List<CacheKey> expired, long now) =>
        database.WriteAsync(
            session =>
            {
                var removed = 0;
                foreach (var key in expired)
                {
                    session.Use(table.DeleteExpired).Bind(1, key.PartitionKey).Bind(2, key.Id).Bind(3, now).Run();
                    removed += session.Changes;
                }

                return removed;
            },
            bulk: true);
}
