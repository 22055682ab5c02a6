namespace ServerlessSocial.Graph;

/// <summary>Registers what the slice's functions stand on.</summary>
public static class GraphSlice
{
    /// <summary>Adds the graph slice: who follows, blocks and mutes whom.</summary>
    public static IServiceCollection AddGraph(this IServiceCollection services) => services
        .AddSingleton<RelationWriter>()
        .AddSingleton<RelationEffects>()
        .AddSingleton<FollowLists>()
        .AddSingleton<ProfilePager>();
}
