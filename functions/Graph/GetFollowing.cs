using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>Lists the profiles that a profile follows.</summary>
public sealed class GetFollowing(ProfileFinder profiles, FollowLists lists, ProfilePager pager, Cursors cursors)
{
    /// <summary>List whom a profile follows.</summary>
    /// <remarks>In no particular order, and always the same one. Profiles that a block separates from the caller are left out.</remarks>
    [Function(nameof(GetFollowing))]
    [Access(Access.Anyone)]
    [Paged]
    public async Task<Results<Ok<Page<Profile>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "profiles/{handle}/following")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var (profile, view) = await profiles.FindAndViewAsync(handle, Viewer.Of(http), cancellationToken);
        if (profile is null)
        {
            return new Missing("profile");
        }

        var list = $"following:{profile.Id}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        return TypedResults.Ok(view == ProfileView.Reduced
            ? new Page<Profile>([], null)
            : await pager.ReadAsync(
                list, page, http.ViewerId(), (after, limit) => lists.FollowingAsync(profile.Id, after, limit, cancellationToken), cancellationToken));
    }
}
