namespace ServerlessSocial.Lists;

/// <summary>Registers what the slice's functions stand on.</summary>
public static class ListsSlice
{
    /// <summary>Adds lists: people whom somebody reads by themselves.</summary>
    public static IServiceCollection AddLists(this IServiceCollection services) => services.AddSingleton<ListKeeper>().AddSingleton<ListFeed>();
}
