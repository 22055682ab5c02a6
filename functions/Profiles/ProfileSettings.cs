namespace ServerlessSocial.Profiles;

/// <summary>What the owner of a profile decides by themselves.</summary>
/// <param name="Locked">Whether following it takes its approval.</param>
/// <param name="Discoverable">Whether it is found by name and suggested to others.</param>
/// <param name="Indexable">Whether its public posts are found by their words.</param>
public sealed record ProfileSettings(bool Locked, bool Discoverable, bool Indexable)
{
    /// <summary>The settings of a profile.</summary>
    public static ProfileSettings Of(ProfileDocument profile) => new(profile.Locked, profile.Discoverable, profile.Indexable);
}
