using System.Text;
using SQLitePCL;

namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// A prepared statement of one session. Disposing it resets it for its next use; the session frees it in the end.
/// Written on the raw interface because Microsoft.Data.Sqlite allocates a reader and boxed parameters per execution,
/// which is more than the look-up itself costs.
/// </summary>
internal sealed class SqliteStatement(sqlite3 connection, sqlite3_stmt handle) : IDisposable
{
    private const int StackBytes = 512;

    /// <summary>Binds a text, or NULL.</summary>
    public SqliteStatement Bind(int parameter, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(handle, parameter));
            return this;
        }

        if (value.Length * 3 <= StackBytes)
        {
            Span<byte> utf8 = stackalloc byte[StackBytes];
            BindText(parameter, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
        }
        else
        {
            BindText(parameter, Encoding.UTF8.GetBytes(value));
        }

        return this;
    }

    /// <summary>Binds a text given as UTF-8.</summary>
    public void BindText(int parameter, ReadOnlySpan<byte> utf8) => Check(raw.sqlite3_bind_text(handle, parameter, utf8));

    /// <summary>Binds a number.</summary>
    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    /// <summary>Binds a number, or NULL.</summary>
    public SqliteStatement Bind(int parameter, long? value)
    {
        Check(value is { } number ? raw.sqlite3_bind_int64(handle, parameter, number) : raw.sqlite3_bind_null(handle, parameter));
        return this;
    }

    /// <summary>Binds bytes; SQLite copies them.</summary>
    public SqliteStatement BindBlob(int parameter, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, parameter, 0) : raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    /// <summary>Moves to the next row; false at the end.</summary>
    /// <exception cref="StorageException">SQLite reported an error.</exception>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw new StorageException(connection, code),
        };
    }

    /// <summary>Runs a statement that returns no rows and readies it for its next use.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Whether a column of the row is NULL.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>A number of the row; 0 for NULL.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>A text of the row.</summary>
    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <summary>Bytes of the row, valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>Readies the statement for its next use. Bindings stay: each use binds all of its parameters.</summary>
    public void Dispose() => raw.sqlite3_reset(handle);

    /// <summary>Frees the statement.</summary>
    public void Free() => handle.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new StorageException(connection, code);
        }
    }
}
