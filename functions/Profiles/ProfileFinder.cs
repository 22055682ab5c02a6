using System.Buffers;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Profiles;

/// <summary>Finds profiles by handle, for whoever looks.</summary>
public sealed class ProfileFinder(IDocumentStore documents)
{
    private const int LongestHandle = 30;

    private static readonly SearchValues<char> HandleCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>The profile of that handle, in any case; null if there is none or it blocks the viewer.</summary>
    public async ValueTask<ProfileDocument?> FindAsync(string handle, Viewer viewer, CancellationToken cancellationToken)
    {
        var name = handle.ToLowerInvariant();
        if (name.Length is 0 or > LongestHandle || name.AsSpan().ContainsAnyExcept(HandleCharacters)
            || await documents.FindAsync<HandleDocument>(name, name, cancellationToken) is not { ProfileId: var id })
        {
            return null;
        }

        var keys = new List<DocumentKey>(2) { DocumentKey.Of<ProfileDocument>(id, id) };
        if (viewer.ProfileId is { } viewerId)
        {
            keys.Add(DocumentKey.Of<RelationDocument>(viewerId, id));
        }

        var loaded = await documents.ReadManyAsync(keys, cancellationToken);
        return viewer.ProfileId is { } me && loaded.Get<RelationDocument>(me, id) is { BlockedBy: true } ? null : loaded.Get<ProfileDocument>(id, id);
    }
}
