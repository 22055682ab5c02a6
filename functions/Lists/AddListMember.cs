using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Lists;

/// <summary>Puts somebody into a list.</summary>
public sealed class AddListMember(ListKeeper lists, ProfileFinder profiles)
{
    /// <summary>Put a profile into a list of yours.</summary>
    /// <remarks>
    /// Anybody you can see, followed or not, yourself too; posts for followers come only of those you follow. They are not told. At most 500 members. Doing it again
    /// changes nothing.
    /// </remarks>
    [Function(nameof(AddListMember))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "lists/{id}/members/{handle}")] HttpRequest http, string id, string handle, CancellationToken cancellationToken)
    {
        var me = http.Me();
        if (await lists.FindAsync(me, id, cancellationToken) is null)
        {
            return new Missing("list");
        }

        if (await profiles.FindAsync(handle, new Viewer(me, IsModerator: false), cancellationToken) is not { } profile)
        {
            return new Missing("profile");
        }

        return await lists.AddAsync(me, id, profile.Id, cancellationToken) ? TypedResults.NoContent() : new ListFull();
    }
}
