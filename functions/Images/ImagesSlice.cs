namespace ServerlessSocial.Images;

/// <summary>What the slice is made of besides its functions.</summary>
public static class ImagesSlice
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddImages(this IServiceCollection services) =>
        services.AddSingleton<ImageRuns>().AddSingleton<ImageStudio>().AddSingleton<ImageJobReader>();
}
