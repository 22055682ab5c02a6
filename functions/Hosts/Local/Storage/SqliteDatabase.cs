using Microsoft.Data.Sqlite;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// The host's data directory with its three database files. One process at a time owns it. Feeds have a file of their own, so that no other write
/// waits while a post is written into thousands of them, and so has what is searched, whose index is written with it. No operation spans two files; a power failure,
/// unlike the death of this process, may take a little more from one than from another.
/// </summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    /// <summary>64 MiB: the write that meets it waits some hundred milliseconds, one in hundreds of posts.</summary>
    private const int MainCheckpointPages = 16_384;

    /// <summary>
    /// 256 MiB: entries lie scattered, so the longer the log, the more of them share a page that is copied once. Measured against 64 MiB: half as
    /// many entries a second more (`-- store`).
    /// </summary>
    private const int FeedsCheckpointPages = 65_536;

    /// <summary>The file that makes a directory a data directory.</summary>
    public const string MainName = "serverless-social.db";

    private readonly FileStream ownership;

    /// <summary>Opens or creates <c>serverless-social.db</c>, <c>feeds.db</c> and <c>search.db</c>.</summary>
    /// <param name="directory">The data directory; created if need be.</param>
    /// <exception cref="StorageException">Another process uses the directory, or a file is no database.</exception>
    public SqliteDatabase(string directory)
    {
        PrepareDirectory(directory);
        ownership = Own(directory);
        try
        {
            var (main, feeds) = (Path.Combine(directory, MainName), Path.Combine(directory, "feeds.db"));
            DataFormat.Check(main);
            OneFileLayout.Convert(main, feeds);
            Main = new(main, MainCheckpointPages);
            Feeds = new(feeds, FeedsCheckpointPages);
            Search = new(Path.Combine(directory, "search.db"), MainCheckpointPages);
            Main.Prepare(DataFormat.Mark);
        }
        catch (Exception error)
        {
            ownership.Dispose();
            throw error is SqliteException or IOException or UnauthorizedAccessException ? StorageException.Of(Path.GetFullPath(directory), error) : error;
        }
    }

    /// <summary>Everything else.</summary>
    public SqliteFile Main { get; }

    /// <summary>Feeds.</summary>
    public SqliteFile Feeds { get; }

    /// <summary>What is searched.</summary>
    public SqliteFile Search { get; }

    /// <summary>Finishes every accepted write, moves the logs into the files and lets go of the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        await Main.DisposeAsync();
        await Feeds.DisposeAsync();
        await Search.DisposeAsync();
        await ownership.DisposeAsync();
    }

    /// <summary>Creates the data directory, or makes one that is there private.</summary>
    /// <exception cref="StorageException">It cannot be created or written.</exception>
    public static void PrepareDirectory(string directory)
    {
        try
        {
            PrivateFiles.CreateDataDirectory(directory, MainName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StorageException.Of(Path.GetFullPath(directory), error);
        }
    }

    private static FileStream Own(string directory)
    {
        var path = Path.Combine(directory, "serverless-social.lock");
        try
        {
            return new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None }.Privately());
        }
        catch (Exception error) when (error is UnauthorizedAccessException || (error is IOException && !File.Exists(path)))
        {
            throw StorageException.Of(Path.GetFullPath(directory), error);
        }
        catch (IOException error)
        {
            throw new StorageException($"The data directory {Path.GetFullPath(directory)} is in use by another process; stop it, or choose another directory.", error);
        }
    }
}
