namespace ServerlessSocial.Tags;

/// <summary>Registers what the slice's functions stand on.</summary>
public static class TagsSlice
{
    /// <summary>Adds following tags.</summary>
    public static IServiceCollection AddTags(this IServiceCollection services) => services.AddSingleton<TagFeed>();
}
