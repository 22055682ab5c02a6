namespace ServerlessSocial.Hosts.Local.Storage;

/// <summary>
/// Numbers every write. Numbers are never used twice, not even after a crash or after the newest document was deleted:
/// ETags and change-feed positions are made of them. Ranges are reserved in the file, so a restart leaves a gap.
/// </summary>
internal sealed class SequenceNumbers
{
    private const int Range = 1_000_000;
    private static readonly Sql Reserve = new("UPDATE sequence SET reserved = ?");

    private long last;
    private long reserved;

    /// <summary>Continues after everything that was reserved before.</summary>
    public SequenceNumbers(SqliteSession writer)
    {
        writer.Execute("CREATE TABLE IF NOT EXISTS sequence(reserved INTEGER NOT NULL); INSERT INTO sequence SELECT 0 WHERE NOT EXISTS (SELECT * FROM sequence)");
        using var stored = writer.Use(new Sql("SELECT reserved FROM sequence"));
        stored.Step();
        last = reserved = stored.Number(0);
    }

    /// <summary>The newest number given out.</summary>
    public long Last => last;

    /// <summary>The next number, or the first of several, within the writer's transaction.</summary>
    public long Next(SqliteSession writer, int count)
    {
        var first = last + 1;
        last += count;
        if (last > reserved)
        {
            writer.Use(Reserve).Bind(1, reserved = last + Range).Run();
        }

        return first;
    }

    /// <summary>The transaction was undone, and with it perhaps the reservation: reserve again.</summary>
    public void Forget() => reserved = 0;
}
