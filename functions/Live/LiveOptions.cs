namespace ServerlessSocial.Live;

/// <summary>Settings of live connections, bound from the configuration section <see cref="Section"/>.</summary>
public sealed class LiveOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Live";

    /// <summary>After how long a quiet connection gets a sign of life, which tells whether anybody is still there: from a tenth of a second to five minutes.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>After how long a connection ends, and is to be made anew with a token that still holds: more than nothing, at most a day.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether the values make sense.</summary>
    internal bool IsValid => Heartbeat >= TimeSpan.FromSeconds(0.1) && Heartbeat <= TimeSpan.FromMinutes(5) && Longest > TimeSpan.Zero && Longest <= TimeSpan.FromDays(1);
}
