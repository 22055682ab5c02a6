namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>A statement's text with a number of its own, so that a session finds its prepared statement in an array.</summary>
internal sealed class Sql(string text)
{
    private static int count;

    /// <summary>Position in every session's statement cache.</summary>
    public int Index { get; } = Interlocked.Increment(ref count) - 1;

    /// <summary>The SQL.</summary>
    public string Text { get; } = text;
}
