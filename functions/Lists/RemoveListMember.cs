using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Lists;

/// <summary>Takes somebody out of a list.</summary>
public sealed class RemoveListMember(ListKeeper lists, ProfileFinder profiles)
{
    /// <summary>Take a profile out of a list of yours.</summary>
    /// <remarks>Also one that blocks you since. Where it is not in the list nothing happens.</remarks>
    [Function(nameof(RemoveListMember))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "lists/{id}/members/{handle}")] HttpRequest http, string id, string handle, CancellationToken cancellationToken)
    {
        var me = http.Me();
        if (await lists.FindAsync(me, id, cancellationToken) is null)
        {
            return new Missing("list");
        }

        if (await profiles.FindAsync(handle, cancellationToken) is not { } profile)
        {
            return new Missing("profile");
        }

        // That there is a profile which blocks the caller is told to those alone who put it here.
        return await lists.RemoveAsync(me, id, profile.Id, cancellationToken)
            || await profiles.FindAsync(handle, new Viewer(me, IsModerator: false), cancellationToken) is not null
            ? TypedResults.NoContent()
            : new Missing("profile");
    }
}
