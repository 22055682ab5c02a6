using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>Pins posts to the top of their author's own. The profile holds them, so that its ETag keeps them few.</summary>
public sealed class PostPins(IDocumentStore documents, PostReader reader)
{
    /// <summary>Posts that a person may have pinned at a time.</summary>
    public const int Most = 3;

    /// <summary>Pins a post of the caller's, or unpins it; how it is already it stays.</summary>
    /// <param name="me">The caller's profile.</param>
    /// <param name="postId">The post.</param>
    /// <param name="pinned">Whether it is to be pinned.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The post, or the expected error.</returns>
    public async ValueTask<Outcome<Post>> SetAsync(string me, string postId, bool pinned, CancellationToken cancellationToken)
    {
        var viewer = new Viewer(me, IsModerator: false);
        if (!OwnedIds.TryParse(postId, out var authorId) || authorId != me || await reader.LookAsync(postId, viewer, cancellationToken) is not var (_, shown, _))
        {
            return new Missing("post");
        }

        // Posts that are gone since take no place. What is pinned is known once the profile was read, and read again should it change meanwhile.
        var profile = await documents.FindAsync<ProfileDocument>(me, me, cancellationToken);
        var standing = await StandingAsync(me, profile?.Pins ?? [], cancellationToken);
        var full = false;
        await documents.UpdateAsync<ProfileDocument>(
            me,
            me,
            found =>
            {
                var others = found.Pins.Where(id => id != postId && (standing.Contains(id) || profile?.Pins.Contains(id) != true)).ToList();
                full = pinned && others.Count >= Most;
                return full || found.Pins.Contains(postId) == pinned ? null : found with { Pins = pinned ? [postId, .. others] : others };
            },
            cancellationToken);
        return full ? new TooManyPins() : shown with { Viewer = shown.Viewer! with { Pinned = pinned } };
    }

    private async ValueTask<HashSet<string>> StandingAsync(string me, IReadOnlyList<string> pins, CancellationToken cancellationToken)
    {
        var loaded = await documents.ReadManyAsync([.. pins.Select(id => DocumentKey.Of<PostDocument>(me, id))], cancellationToken);
        return [.. pins.Where(id => loaded.Get<PostDocument>(me, id) is { DeletedAt: null })];
    }
}
