using System.Runtime.CompilerServices;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>likes.json</c>, <c>bookmarks.json</c> and <c>bookmarks.csv</c>: addresses of posts that the person may see, whose texts are others' to give out.</summary>
public sealed class ReactionsPart(IDocumentStore documents, PostReader posts) : IExportPart
{
    /// <inheritdoc/>
    public string Name => "likes and bookmarks";

    /// <inheritdoc/>
    public async Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        await archive.WriteCollectionAsync("likes.json", AddressesAsync<object>(archive, ReactionKind.Like, cancellationToken), cancellationToken);
        await archive.WriteCollectionAsync("bookmarks.json", AddressesAsync<object>(archive, ReactionKind.Bookmark, cancellationToken), cancellationToken);
        await archive.WriteLinesAsync("bookmarks.csv", null, AddressesAsync<string>(archive, ReactionKind.Bookmark, cancellationToken), cancellationToken);
    }

    private async IAsyncEnumerable<T> AddressesAsync<T>(ArchiveWriter archive, ReactionKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        await foreach (var reaction in documents.ReactionsAsync(posts, archive.Profile.Id, kind, cancellationToken))
        {
            yield return (T)(object)archive.UriOfPost(reaction.PostId);
        }
    }
}

/// <summary>Reads reactions of a person.</summary>
internal static class ReactionReading
{
    /// <summary>Every reaction of a kind that stands, to a post that the person may see: as their own lists have them.</summary>
    public static async IAsyncEnumerable<ReactionDocument> ReactionsAsync(
        this IDocumentStore documents, PostReader posts, string actorId, ReactionKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = new DocumentQuery(actorId, 100).WithPrefix(ReactionDocument.Prefix(kind));
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<ReactionDocument>(all.After(after), cancellationToken);
            var active = page.Items.Where(reaction => reaction.Active).ToList();
            var seen = await posts.ReadAsync(
                [.. active.Select(reaction => new PostReference(reaction.PostId, Place.Kept))], new Viewer(actorId, IsModerator: false), cancellationToken);
            foreach (var (reaction, post) in active.Zip(seen))
            {
                if (post is not null)
                {
                    yield return reaction;
                }
            }

            if ((after = page.Next) is null)
            {
                yield break;
            }
        }
    }
}
