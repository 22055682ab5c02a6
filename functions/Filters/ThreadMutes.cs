using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Filters;

/// <summary>
/// Mutes threads and ends that. The id of a thread names whoever began it, so that a note in their <c>references</c> leads to the mute, written before it.
/// </summary>
public sealed class ThreadMutes(IDocumentStore documents, PostReader posts)
{
    /// <summary>Prefix of the notes that somebody mutes a thread; behind it stand their id and the thread's, with a colon between.</summary>
    public const string Note = "muted-thread:";

    /// <summary>Mutes the thread of a post, or ends it.</summary>
    /// <returns>Null when it is so now; <see cref="Missing"/> where the caller may not see the post.</returns>
    public async Task<Error?> SetAsync(string me, string postId, bool muted, CancellationToken cancellationToken)
    {
        if (await posts.FindAsync(postId, new Viewer(me, IsModerator: false), Place.Post, cancellationToken) is not { RootId: var rootId })
        {
            return new Missing("post");
        }

        if (muted)
        {
            await documents.UpsertManyAsync([NoteOf(me, rootId)], cancellationToken);
        }

        IReadOnlyList<string> before = [];
        var written = await documents.SetAsync<FiltersDocument>(me, FiltersDocument.FiltersId, Change, cancellationToken);

        // Ended, or forgotten because there were too many: nothing has to lead to it any more.
        await ForgetAsync(me, [.. before.Append(rootId).Except(written?.MutedThreads ?? [])], cancellationToken);
        return null;

        FiltersDocument? Change(FiltersDocument? found)
        {
            before = found?.MutedThreads ?? [];
            return found is null && !muted ? null : (found ?? FiltersDocument.For(me)).WithThread(rootId, muted);
        }
    }

    /// <summary>Deletes notes about somebody's mutes of threads.</summary>
    public async Task ForgetAsync(string me, IReadOnlyCollection<string> rootIds, CancellationToken cancellationToken)
    {
        foreach (var some in rootIds.Chunk(100))
        {
            await documents.DeleteManyAsync([.. some.Select(rootId => ReferenceDocument.KeyOf(OwnedIds.OwnerOf(rootId), Note, KeyOf(me, rootId)))], cancellationToken);
        }

        // Muted again meanwhile: the new note may just have been deleted.
        if (rootIds.Count > 0 && await documents.FindAsync<FiltersDocument>(me, FiltersDocument.FiltersId, cancellationToken) is { } now && rootIds.Where(now.Mutes).ToList() is { Count: > 0 } again)
        {
            await documents.UpsertManyAsync([.. again.Select(rootId => NoteOf(me, rootId))], cancellationToken);
        }
    }

    private static ReferenceDocument NoteOf(string me, string rootId) => ReferenceDocument.Of(OwnedIds.OwnerOf(rootId), Note, KeyOf(me, rootId));

    private static string KeyOf(string me, string rootId) => $"{me}:{rootId}";
}
