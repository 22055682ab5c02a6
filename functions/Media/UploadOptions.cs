namespace ServerlessSocial.Media;

/// <summary>Settings of how many pictures a process takes in at once, bound from the configuration section <see cref="Section"/>.</summary>
public sealed class UploadOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Uploads";

    /// <summary>Uploads under way in a process, those that wait included, 1 to 10,000; more are refused until some are over.</summary>
    public int MostAtOnce { get; set; } = 256;

    /// <summary>
    /// Bodies of more than 128 KiB that a process holds at once, 1 to 1,000: at 8 MiB each they are most of the memory that uploads take. A smaller body needs
    /// no leave, so that uploads that stall after their first bytes keep nobody out.
    /// </summary>
    public int MostLarge { get; set; } = 8;

    /// <summary>How long a large body waits for others to be done, up to a minute, before it is refused.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the whole of a body may take to arrive, up to 10 minutes.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether every setting is in its range.</summary>
    public bool IsValid =>
        MostAtOnce is >= 1 and <= 10_000
        && MostLarge is >= 1 and <= 1_000
        && Patience >= TimeSpan.Zero && Patience <= TimeSpan.FromMinutes(1)
        && Deadline > TimeSpan.Zero && Deadline <= TimeSpan.FromMinutes(10);
}
