namespace ServerlessSocial.Platform.Limits;

/// <summary>Adds what limits callers.</summary>
public static class LimitsSetup
{
    /// <summary>Adds it.</summary>
    public static void AddLimits(this IServiceCollection services)
    {
        services.AddOptions<LimitOptions>()
            .BindConfiguration(LimitOptions.Section)
            .Validate(options => options.IsValid, "Limits: a setting is out of its range; see LimitOptions.")
            .ValidateOnStart();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<LateRefusals>();
        services.AddSingleton<RequestGate>();
    }
}
