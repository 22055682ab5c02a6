namespace ServerlessSocial.Graph;

/// <summary>Registers what the slice's functions stand on.</summary>
public static class GraphSlice
{
    /// <summary>Adds the graph slice: who follows, asks to, blocks and mutes whom.</summary>
    public static IServiceCollection AddGraph(this IServiceCollection services)
    {
        services.AddOptions<GraphOptions>()
            .BindConfiguration(GraphOptions.Section)
            .Validate(options => options.IsValid, "Graph: a setting is out of its range; see GraphOptions.")
            .ValidateOnStart();
        return services
            .AddSingleton<RelationWriter>()
            .AddSingleton<Followers>()
            .AddSingleton<RelationEffects>()
            .AddSingleton<FollowLists>()
            .AddSingleton<PersonalLists>()
            .AddSingleton<ProfilePager>();
    }
}
