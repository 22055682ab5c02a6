using ServerlessSocial.Media.Pictures;

namespace ServerlessSocial.Media;

/// <summary>What the slice is made of besides its functions.</summary>
public static class MediaSlice
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddMedia(this IServiceCollection services)
    {
        services.AddOptions<UploadOptions>().BindConfiguration(UploadOptions.Section)
            .Validate(options => options.IsValid, "Uploads: a setting is out of its range; see UploadOptions.")
            .ValidateOnStart();
        return services.AddSingleton<PictureProcessor>().AddSingleton<UploadTurns>().AddSingleton<PictureIntake>().AddSingleton<MediaReader>().AddSingleton<UnusedMedia>();
    }
}
