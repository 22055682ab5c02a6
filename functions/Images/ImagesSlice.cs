namespace ServerlessSocial.Images;

/// <summary>What the slice is made of besides its functions.</summary>
public static class ImagesSlice
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddImages(this IServiceCollection services)
    {
        services.AddOptions<ImageOptions>().BindConfiguration(ImageOptions.Section)
            .Validate(options => options.DailyQuota is >= 0 and <= 10_000, "Images:DailyQuota must be from 0 to 10000.")
            .ValidateOnStart();
        return services.AddSingleton<ImageQuota>().AddSingleton<ImageRuns>().AddSingleton<ImageStudio>().AddSingleton<ImageJobReader>();
    }
}
