using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>Lists what a profile has posted.</summary>
public sealed class GetProfilePosts(ProfileFinder profiles, ProfileTimeline timeline, Cursors cursors)
{
    /// <summary>List a profile's posts and boosts, newest first.</summary>
    /// <remarks>
    /// What is pinned stands first, with <c>pinned</c>, and not again in its place. What was boosted stands where it was boosted, with <c>boostedBy</c> and
    /// <c>boostedAt</c>. Authors see their pending, held and removed posts too; others see what they may see.
    /// </remarks>
    [Function(nameof(GetProfilePosts))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    [QueryParameter("filter", "Which posts: all (posts, replies and boosts), posts (what answers nobody but its author, and boosts), replies, media (with pictures).", Values = ["all", "posts", "replies", "media"])]
    public async Task<Results<Ok<Page<Post>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "profiles/{handle}/posts")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        if (FilterOf(http.Query.TryGetValue("filter", out var asked) ? asked.ToString() : "all") is not { } filter)
        {
            return new InvalidFields("filter", "One of all, posts, replies, media.");
        }

        var viewer = Viewer.Of(http);
        if (await profiles.FindAsync(handle, viewer, cancellationToken) is not { } profile)
        {
            return new Missing("profile");
        }

        var list = $"posts:{filter}:{profile.Id}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        return invalid is not null ? invalid : TypedResults.Ok(await timeline.ReadAsync(profile, filter, list, page, viewer, cancellationToken));
    }

    private static ProfilePosts? FilterOf(string text) => text switch
    {
        "all" => ProfilePosts.All,
        "posts" => ProfilePosts.Posts,
        "replies" => ProfilePosts.Replies,
        "media" => ProfilePosts.Media,
        _ => null,
    };
}
