namespace ServerlessSocial.Feeds;

/// <summary>Registers the home feed.</summary>
public static class FeedsSlice
{
    /// <summary>Adds what the feed functions and other slices use.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services)
    {
        services.AddOptions<FeedOptions>()
            .BindConfiguration(FeedOptions.Section)
            .Validate(options => options.IsValid, "Feeds: a setting is out of its range; see FeedOptions.")
            .ValidateOnStart();
        services.AddSingleton<AuthorPosts>();
        services.AddSingleton<FollowerBuckets>();
        services.AddSingleton<FeedSeating>();
        services.AddSingleton<FeedFiller>();
        services.AddSingleton<FeedPast>();
        services.AddSingleton<FeedMaintenance>();
        services.AddSingleton<FeedDelivery>();
        services.AddSingleton<FeedAudience>();
        services.AddSingleton<FeedPull>();
        services.AddSingleton<FeedOpening>();
        services.AddSingleton<FeedReader>();
        services.AddSingleton<PostFanOut>();
        services.AddSingleton<BoostFanOut>();
        return services;
    }
}
