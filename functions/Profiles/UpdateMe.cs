using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Profiles;

/// <summary>Changes the caller's own profile.</summary>
public sealed class UpdateMe(IDocumentStore documents, ProfileReader profiles, NameCheck names, HandleChange handles, TimeProvider time)
{
    /// <summary>Change your own profile.</summary>
    /// <remarks>
    /// Fields that are left out stay as they are; null empties bio, interests and links, removes avatar and header, and unlocks. What is new is shown to
    /// others once moderation has approved it; until then they see what was approved before. What you take away is gone at once. Names that pass for staff
    /// or for somebody known here are refused. Send the ETag of GET /me as If-Match: a change made elsewhere in between is answered with 412, and nothing
    /// is written. A handle can be changed once in 7 days; the former one leads to the profile for 30, and nobody else can take it meanwhile.
    /// </remarks>
    [Function(nameof(UpdateMe))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(ProfileChanges))]
    [IfMatch]
    [ResponseHeader("ETag", "The version, for If-Match.")]
    [Answers(ErrorKind.Conflict, ErrorKind.TooManyRequests)]
    public async Task<Results<Ok<Profile>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "me")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var profile = await documents.FindAsync<ProfileDocument>(me, me, cancellationToken);
        if (Refusal(http, profile) is { } refusal)
        {
            return refusal;
        }

        var (changes, unreadable) = await http.ReadJsonAsync<ProfileChanges>(cancellationToken);
        var invalid = unreadable ?? changes!.Problems(me)
            ?? await PicturesProblemAsync(me, changes!, cancellationToken)
            ?? await names.ProblemAsync(changes!.NewHandle(profile!), changes!.NewDisplayName(), http.Caller()!, cancellationToken);
        if (invalid is not null)
        {
            return invalid;
        }

        while (true)
        {
            // Claimed anew for what was read last: somebody may have taken over a claim that looked forgotten.
            var handle = changes!.NewHandle(profile!);
            if (handle is not null && await handles.ClaimAsync(profile!, http.Caller()!.AccountId, handle, cancellationToken) is { } taken)
            {
                return taken;
            }

            var now = time.GetUtcNow();
            var wanted = profile!.Wanted(changes!.ApplyTo(profile!.Newest), now).Set(changes.ApplyTo(ProfileSettings.Of(profile)), profile.Edition + 1, now);
            wanted = handle is null ? wanted : handles.Apply(wanted, handle) with { Edition = profile.Edition + 1 };
            wanted = http.Caller()!.IsModerator && !wanted.Known ? wanted with { Known = true } : wanted;
            if (ReferenceEquals(wanted, profile) || (await documents.ReplaceAsync(wanted, cancellationToken)).NotThrottled().IsDone)
            {
                if (handle is not null)
                {
                    await handles.LeaveAsync(me, profile.Handle, cancellationToken);
                }

                EntityTag.Set(http, wanted.Edition);
                return TypedResults.Ok(await profiles.ReadOwnAsync(wanted, cancellationToken));
            }

            // Moderation may have written its decision meanwhile, which is no change made elsewhere.
            profile = await documents.FindAsync<ProfileDocument>(me, me, cancellationToken);
            if (Refusal(http, profile) is { } late)
            {
                return late;
            }
        }
    }

    private static Error? Refusal(HttpRequest http, ProfileDocument? profile) =>
        profile is { DeletedAt: null } ? EntityTag.Check(http, profile.Edition) : new Missing("profile");

    private async ValueTask<Error?> PicturesProblemAsync(string me, ProfileChanges changes, CancellationToken cancellationToken)
    {
        var problems = new Validation();
        foreach (var (field, mediaId) in changes.Pictures())
        {
            problems.Note(field, await PictureProblemAsync(me, mediaId, cancellationToken));
        }

        return problems.Error;
    }

    private async ValueTask<string?> PictureProblemAsync(string me, string mediaId, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<MediaDocument>(me, mediaId, cancellationToken) is not { DiscardedAt: null } media)
        {
            return ProfileChanges.NoSuchPicture;
        }

        if (media.Moderation.Status == ModerationStatus.Removed)
        {
            return MediaRules.WasRemoved;
        }

        var post = media.PostId is { } postId ? await documents.FindAsync<PostDocument>(me, postId, cancellationToken) : null;
        return MediaRules.MayBecomePublic(post) ? null : ProfileChanges.NotForEveryone;
    }
}
