using System.Runtime.CompilerServices;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>likes.json</c>, <c>bookmarks.json</c> and <c>bookmarks.csv</c>: addresses of posts, whose texts are others' to give out.</summary>
public sealed class ReactionsPart(IDocumentStore documents) : IExportPart
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
        await foreach (var reaction in documents.ReactionsAsync(archive.Profile.Id, kind, cancellationToken))
        {
            yield return (T)(object)archive.UriOfPost(reaction.PostId);
        }
    }
}

/// <summary>Reads reactions of a person.</summary>
internal static class ReactionReading
{
    /// <summary>Every reaction of a kind that stands.</summary>
    public static async IAsyncEnumerable<ReactionDocument> ReactionsAsync(
        this IDocumentStore documents, string actorId, ReactionKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = new DocumentQuery(actorId, 100).WithPrefix(ReactionDocument.Prefix(kind));
        await foreach (var reaction in documents.QueryAllAsync<ReactionDocument>(all, cancellationToken))
        {
            if (reaction.Active)
            {
                yield return reaction;
            }
        }
    }
}
