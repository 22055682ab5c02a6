namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// Which version of the product a data directory is of, as SQLite's <c>user_version</c>. What is kept in it is only ever added to, so that any version reads
/// what earlier ones wrote; the number rises when that is not so any more.
/// </summary>
internal static class DataFormat
{
    /// <summary>What this version writes. 0 is from before there was a number.</summary>
    private const int Present = 1;

    /// <summary>SQL that notes the present version.</summary>
    public static string Mark => $"PRAGMA user_version={Present}";

    /// <summary>Refuses data that a later version wrote, before anything is done to it.</summary>
    /// <param name="path">The main file; one that is not there is fine.</param>
    /// <exception cref="StorageException">It is of a later version, or cannot be opened.</exception>
    public static void Check(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var session = SqliteSession.Open(path, cacheKilobytes: 256, "PRAGMA query_only=1");
        using var version = session.Query("PRAGMA user_version");
        if (version.Read() && version.GetInt64(0) > Present)
        {
            throw new StorageException(
                $"{Path.GetDirectoryName(path)} holds data of a later version (format {version.GetInt64(0)}, this one knows {Present}). Start that version, or choose another directory: --data DIR",
                new InvalidDataException("A later format."));
        }
    }
}
