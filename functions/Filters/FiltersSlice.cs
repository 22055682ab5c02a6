namespace ServerlessSocial.Filters;

/// <summary>Registers what the slice's functions stand on.</summary>
public static class FiltersSlice
{
    /// <summary>Adds filters: what people do not want to be shown or told.</summary>
    public static IServiceCollection AddFilters(this IServiceCollection services) => services
        .AddSingleton<PostFilters>()
        .AddSingleton<ThreadMutes>();
}
