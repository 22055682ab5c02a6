using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Profiles;

/// <summary>Changes the caller's own profile.</summary>
public sealed class UpdateMe(IDocumentStore documents, ProfileReader profiles)
{
    /// <summary>Change your own profile.</summary>
    /// <remarks>
    /// Fields that are left out stay as they are; null empties bio and interests and removes the avatar. Send the ETag of GET /me as If-Match:
    /// a change made elsewhere in between is answered with 412, and nothing is written. Handles cannot be changed.
    /// </remarks>
    [Function(nameof(UpdateMe))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(ProfileChanges))]
    [IfMatch]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    public async Task<Results<Ok<Profile>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "me")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        if (await documents.FindAsync<ProfileDocument>(me, me, cancellationToken) is not { } profile)
        {
            return new Missing("profile");
        }

        if (EntityTag.Check(http, profile.Revision) is { } refusal)
        {
            return refusal;
        }

        var (changes, unreadable) = await http.ReadJsonAsync<ProfileChanges>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        if (changes.Problems(me) is { } invalid)
        {
            return invalid;
        }

        if (changes.AvatarMediaId is { } mediaId && await AvatarProblemAsync(me, mediaId, cancellationToken) is { } problem)
        {
            return new InvalidFields("avatar", problem);
        }

        var written = (await documents.ReplaceAsync(changes.ApplyTo(profile), cancellationToken)).OrNull();
        if (written is null)
        {
            return new Changed();
        }

        EntityTag.Set(http, written.Revision);
        return TypedResults.Ok(await profiles.ReadOwnAsync(written, cancellationToken));
    }

    private async ValueTask<string?> AvatarProblemAsync(string me, string mediaId, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<MediaDocument>(me, mediaId, cancellationToken) is not { DiscardedAt: null } media)
        {
            return ProfileChanges.NoSuchPicture;
        }

        var post = media.PostId is { } postId ? await documents.FindAsync<PostDocument>(me, postId, cancellationToken) : null;
        return MediaRules.MayBecomeAvatar(post) ? null : ProfileChanges.NotForEveryone;
    }
}
