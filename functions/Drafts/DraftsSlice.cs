using ServerlessSocial.Drafts.Scheduling;

namespace ServerlessSocial.Drafts;

/// <summary>What the slice's functions stand on.</summary>
public static class DraftsSlice
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddDrafts(this IServiceCollection services) =>
        services.AddSingleton<DraftStore>().AddSingleton<DraftPictures>().AddSingleton<DraftPosting>().AddSingleton<PostScheduling>();
}
