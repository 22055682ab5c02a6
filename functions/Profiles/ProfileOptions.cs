namespace ServerlessSocial.Profiles;

/// <summary>Settings section <c>Profiles</c>.</summary>
public sealed class ProfileOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Profiles";

    /// <summary>How long a former handle leads to the profile and cannot be taken by others.</summary>
    public TimeSpan HandleRedirect { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long one must wait between two changes of the handle.</summary>
    public TimeSpan HandleChangeInterval { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Followers from which on a profile counts as known here, so that nobody else may look like it; at least 1.</summary>
    public long KnownFrom { get; set; } = 1_000;

    /// <summary>Whether the values make sense.</summary>
    internal bool IsValid =>
        HandleRedirect > TimeSpan.Zero && HandleRedirect <= TimeSpan.FromDays(3_650) && HandleChangeInterval >= TimeSpan.Zero && KnownFrom >= 1;
}
