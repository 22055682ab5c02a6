using Microsoft.Data.Sqlite;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>The embedded storage failed or cannot be opened: a full or broken disk, a damaged file, a directory in use.</summary>
/// <param name="message">What is the matter, in a sentence.</param>
/// <param name="inner">What the system or SQLite said.</param>
public sealed class StorageException(string message, Exception inner) : StoreUnavailableException(message, inner)
{
    /// <summary>What went wrong with a file or directory, as a sentence that says what to do.</summary>
    /// <param name="path">The file or directory.</param>
    /// <param name="error">An error of SQLite or of the file system.</param>
    internal static StorageException Of(string path, Exception error) => new(
        $"{path}: " + error switch
        {
            SqliteException { SqliteErrorCode: 13 } => "the disk is full. Make room; what waits is then carried out.",
            SqliteException { SqliteErrorCode: 8 or 14 } => "it cannot be written; its file system is read-only, or it is another user's.",
            SqliteException { SqliteErrorCode: 11 or 26 } => "it is damaged, or no database. Restore a copy, or choose another directory: --data DIR",
            UnauthorizedAccessException => "it cannot be written, because it is another user's. Choose another directory: --data DIR",
            _ when IsFull(error) => "the disk is full. Make room, or choose another directory: --data DIR",
            _ when File.Exists(path) && error is IOException => "it is a file and no directory. Choose another: --data DIR",
            _ => error.Message.Split('\n')[0],
        },
        error);

    /// <summary>ENOSPC, and Windows' ERROR_DISK_FULL.</summary>
    private static bool IsFull(Exception error) => error is IOException && (error.HResult & 0xFFFF) is 28 or 112;
}
