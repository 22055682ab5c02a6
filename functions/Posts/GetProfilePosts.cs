using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>Lists what a profile has posted.</summary>
public sealed class GetProfilePosts(ProfileFinder profiles, PostPager pager, Cursors cursors)
{
    /// <summary>List a profile's posts, newest first.</summary>
    /// <remarks>Authors see their pending, held and removed posts too; others see what they may see.</remarks>
    [Function(nameof(GetProfilePosts))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Post>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "profiles/{handle}/posts")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var viewer = Viewer.Of(http);
        if (await profiles.FindAsync(handle, viewer, cancellationToken) is not { } profile)
        {
            return new Missing("profile");
        }

        var list = $"posts:{profile.Id}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        return invalid is not null
            ? invalid
            : TypedResults.Ok(await pager.ReadAsync<PostDocument>(
                list, page, [new(profile.Id, page.Limit) { Descending = true }], Refer, viewer, cancellationToken));
    }

    private static PostReference? Refer(PostDocument post) => post.DeletedAt is null ? new(post.Id, Place.Timeline) : null;
}
