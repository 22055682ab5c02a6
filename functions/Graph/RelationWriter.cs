using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>Writes down what one profile holds towards another. What follows from it elsewhere is the pipeline's work.</summary>
public sealed class RelationWriter(IDocumentStore documents, ProfileFinder profiles, TimeProvider time)
{
    /// <summary>The other profile, by its handle.</summary>
    /// <param name="handle">The handle, in any case.</param>
    /// <param name="me">The caller's profile.</param>
    /// <param name="evenHidden">Whether the other may be one that blocks the caller: to block it oneself, and to lift that.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The profile, or the error to answer with.</returns>
    public async ValueTask<(ProfileDocument Other, Error? Error)> FindOtherAsync(string handle, string me, bool evenHidden, CancellationToken cancellationToken)
    {
        var other = evenHidden
            ? await profiles.FindAsync(handle, cancellationToken)
            : await profiles.FindAsync(handle, new Viewer(me, IsModerator: false), cancellationToken);
        return other is null ? (null!, new Missing("profile"))
            : other.Id == me ? (null!, new Oneself())
            : (other, null);
    }

    /// <summary>Changes a relation, which comes to be with its first change.</summary>
    /// <param name="ownerId">Profile that holds it.</param>
    /// <param name="otherId">Profile it is held towards.</param>
    /// <param name="change">The change, one of <see cref="RelationRules"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The relation as it is now; a new one, not stored, when nothing has ever changed.</returns>
    public async ValueTask<RelationDocument> ChangeAsync(
        string ownerId, string otherId, Func<RelationDocument, RelationDocument> change, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var blank = new RelationDocument { Id = otherId, OwnerId = ownerId, WorkSince = now };
        return await documents.SetAsync<RelationDocument>(ownerId, otherId, Changed, cancellationToken) ?? blank;

        RelationDocument? Changed(RelationDocument? found)
        {
            var before = found ?? blank;
            var after = change(before);
            if (after == before || RelationPipeline.Next(after).Count == 0)
            {
                return after == before ? null : after;
            }

            return after with
            {
                WorkSince = now,
                TraceParent = Activity.Current?.Id,
            };
        }
    }

    /// <summary>
    /// Tells the other side of a block, or that it was lifted: until it says the same as the block itself, whoever changes that meanwhile.
    /// </summary>
    /// <param name="relation">The relation that blocks or does not block.</param>
    /// <param name="cancellationToken">Stops it; the pipeline does it again.</param>
    public async Task MirrorBlockAsync(RelationDocument relation, CancellationToken cancellationToken)
    {
        for (var blocking = relation.Blocking; ;)
        {
            var told = blocking;
            await ChangeAsync(relation.Id, relation.OwnerId, theirs => RelationRules.BlockedBy(theirs, told), cancellationToken);
            var now = await documents.FindAsync<RelationDocument>(relation.OwnerId, relation.Id, cancellationToken);
            blocking = now?.Blocking ?? false;
            if (blocking == told)
            {
                return;
            }
        }
    }
}
