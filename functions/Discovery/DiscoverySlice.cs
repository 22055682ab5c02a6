namespace ServerlessSocial.Discovery;

/// <summary>Registers what the slice's functions stand on.</summary>
public static class DiscoverySlice
{
    /// <summary>Adds what is suggested.</summary>
    public static IServiceCollection AddDiscovery(this IServiceCollection services)
    {
        services.AddOptions<TrendsOptions>()
            .BindConfiguration(TrendsOptions.Section)
            .Validate(options => options.IsValid, "Trends: a setting is out of its range; see TrendsOptions.")
            .ValidateOnStart();
        return services.AddSingleton<Trends>().AddSingleton<Suggestions>().AddSingleton<TagKeeper>();
    }
}
