namespace ServerlessSocial.Profiles;

/// <summary>Registers what the slice's functions stand on.</summary>
public static class ProfilesSlice
{
    /// <summary>Adds the profiles slice.</summary>
    public static IServiceCollection AddProfiles(this IServiceCollection services) => services
        .AddSingleton<Registration>()
        .AddSingleton<ProfileFinder>()
        .AddSingleton<ProfileReader>();
}
