namespace ServerlessSocial.Platform.Pipelines;

/// <summary>Adds what dispatchers and workers stand on.</summary>
public static class PipelinesSetup
{
    /// <summary>Adds it.</summary>
    public static void AddPipelines(this IServiceCollection services)
    {
        services.AddOptions<RetryOptions>().BindConfiguration(RetryOptions.Section)
            .Validate(options => options.IsValid, "Retries: pauses must be above zero and in order (ShortPause, FirstPause, LongestPause), tries at least 1.")
            .ValidateOnStart();
        services.AddOptions<WaitingOptions>().BindConfiguration(WaitingOptions.Section)
            .Validate(options => options.Shards is >= 1 and <= WaitingOptions.MostShards, $"Waiting:Shards must be from 1 to {WaitingOptions.MostShards}.")
            .ValidateOnStart();
        services.AddOptions<FairnessOptions>().BindConfiguration(FairnessOptions.Section)
            .Validate(options => options.IsValid, "Fairness: AtOnce must be at least 1 and Pause above zero.")
            .ValidateOnStart();
        services.AddSingleton<Fairness>();
        services.AddSingleton<Faults>();
        services.AddSingleton<WaitingIndex>();
        services.AddSingleton<WakeUps>();
        services.AddSingleton<Retries>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<Worker>();
        services.AddSingleton<ParkedWork>();
    }
}
