using ServerlessSocial.Posts.Editing;

namespace ServerlessSocial.Posts;

/// <summary>What the slice's functions stand on.</summary>
public static class PostsSlice
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddPosts(this IServiceCollection services)
    {
        services.AddOptions<TallyOptions>()
            .BindConfiguration(TallyOptions.Section)
            .Validate(options => options.IsValid, "Tallies: a setting is out of its range; see TallyOptions.")
            .ValidateOnStart();
        services.AddOptions<TagOptions>()
            .BindConfiguration(TagOptions.Section)
            .Validate(options => options.IsValid, "Tags: a setting is out of its range; see TagOptions.")
            .ValidateOnStart();
        return services
            .AddSingleton<PostWriter>()
            .AddSingleton<ShardedTallies>()
            .AddSingleton<TagSpans>()
            .AddSingleton<PostReader>()
            .AddSingleton<PostPager>()
            .AddSingleton<PostMediaBinder>()
            .AddSingleton<PostCharges>()
            .AddSingleton<PostForgetting>()
            .AddSingleton<ThreadHiding>()
            .AddSingleton<ThreadReader>()
            .AddSingleton<PostPictures>()
            .AddSingleton<PostProjection>()
            .AddSingleton<EditTraces>()
            .AddSingleton<PostNotifications>()
            .AddSingleton<ReactionWriter>()
            .AddSingleton<ReactionCounts>()
            .AddSingleton<ReactionLists>()
            .AddSingleton<ReactionPeople>()
            .AddSingleton<ProfileTimeline>()
            .AddSingleton<PostPins>()
            .AddSingleton<ReactionEffects>();
    }
}
