namespace ServerlessSocial.Search;

/// <summary>Registers what the slice's functions stand on.</summary>
public static class SearchSlice
{
    /// <summary>Adds search.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddSingleton<PostSearch>()
        .AddSingleton<PeopleSearch>()
        .AddSingleton<TagSearch>()
        .AddSingleton<PostIndex>();
}
