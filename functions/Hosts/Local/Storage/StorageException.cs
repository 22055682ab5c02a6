using SQLitePCL;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>The embedded storage failed or cannot be opened: a full or broken disk, a damaged file, a directory in use.</summary>
public sealed class StorageException : Exception
{
    /// <summary>A failure in words.</summary>
    public StorageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>A failure SQLite reported.</summary>
    internal StorageException(sqlite3? connection, int code)
        : base($"SQLite error {code}: {(connection is null ? raw.sqlite3_errstr(code) : raw.sqlite3_errmsg(connection)).utf8_to_string()}") => Code = code;

    /// <summary>SQLite's result code, or 0.</summary>
    public int Code { get; }
}
