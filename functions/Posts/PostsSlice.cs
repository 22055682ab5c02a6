namespace ServerlessSocial.Posts;

/// <summary>What the slice's functions stand on.</summary>
public static class PostsSlice
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddPosts(this IServiceCollection services)
    {
        return services
            .AddSingleton<PostReader>()
            .AddSingleton<PostPager>()
            .AddSingleton<PostMediaBinder>()
            .AddSingleton<PostProjection>()
            .AddSingleton<PostNotifications>()
            .AddSingleton<ReactionWriter>()
            .AddSingleton<ReactionLists>()
            .AddSingleton<ReactionEffects>();
    }
}
