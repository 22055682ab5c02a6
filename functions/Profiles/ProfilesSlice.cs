using ServerlessSocial.Profiles.Names;

namespace ServerlessSocial.Profiles;

/// <summary>Registers what the slice's functions stand on.</summary>
public static class ProfilesSlice
{
    /// <summary>Adds the profiles slice.</summary>
    public static IServiceCollection AddProfiles(this IServiceCollection services)
    {
        services.AddOptions<ProfileOptions>()
            .BindConfiguration(ProfileOptions.Section)
            .Validate(options => options.IsValid, "Profiles: a setting is out of its range; see ProfileOptions.")
            .ValidateOnStart();
        return services
            .AddSingleton<Registration>()
            .AddSingleton<HandleChange>()
            .AddSingleton<ProfileFinder>()
            .AddSingleton<ProfileReader>()
            .AddSingleton<Consent>()
            .AddSingleton<KnownNames>()
            .AddSingleton<NameCheck>();
    }
}
