using Microsoft.Data.Sqlite;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>Removes, every few minutes, what has expired, and empties the logs, in which what was deleted lives on.</summary>
internal sealed class StorageSweeper(SqliteDatabase database, SqliteDocumentStore documents, SqliteWorkQueue queue, TimeProvider time, ILogger<StorageSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await queue.SweepAsync(stoppingToken);
                var removed = await documents.SweepAsync(stoppingToken);
                database.Main.Checkpoint();
                database.Feeds.Checkpoint();
                database.Search.Checkpoint();
                logger.LogDebug("Removed {Count} expired documents.", removed);
            }
            catch (Exception error) when (error is StorageException or SqliteException)
            {
                // What has expired is invisible anyway; the next round tries again.
                logger.LogError(error, "Expired documents could not be removed.");
            }
        }
    }
}
