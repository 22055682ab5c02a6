using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>Lists a profile's followers.</summary>
public sealed class GetFollowers(ProfileFinder profiles, FollowLists lists, ProfilePager pager, Cursors cursors)
{
    /// <summary>List who follows a profile.</summary>
    /// <remarks>In no particular order, and always the same one. Profiles that a block separates from the caller are left out.</remarks>
    [Function(nameof(GetFollowers))]
    [Access(Access.Anyone)]
    [Paged]
    public async Task<Results<Ok<Page<Profile>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "profiles/{handle}/followers")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var (profile, view) = await profiles.FindAndViewAsync(handle, Viewer.Of(http), cancellationToken);
        if (profile is null)
        {
            return new Missing("profile");
        }

        var list = $"followers:{profile.Id}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        return TypedResults.Ok(view == ProfileView.Reduced
            ? new Page<Profile>([], null)
            : await pager.ReadAsync(
                list, page, http.ViewerId(), (after, limit) => lists.FollowersAsync(profile.Id, after, limit, cancellationToken), cancellationToken));
    }
}
