using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Lists;

/// <summary>Keeps lists, their members and the notes about these in step, whatever line a crash comes at.</summary>
public sealed class ListKeeper(IDocumentStore documents, TimeProvider time)
{
    private const int NotesAtOnce = 100;

    /// <summary>A list of somebody's; null if there is none.</summary>
    public async ValueTask<StoredList?> FindAsync(string ownerId, string listId, CancellationToken cancellationToken) =>
        (await documents.FindAsync<ListsDocument>(ownerId, ListsDocument.ListsId, cancellationToken))?.Find(listId);

    /// <summary>The members of a list, who was added last at the end; nobody if there is none.</summary>
    public async ValueTask<IReadOnlyList<ListMember>> MembersAsync(string ownerId, string listId, CancellationToken cancellationToken) =>
        (await documents.FindAsync<ListMembersDocument>(ownerId, ListMembersDocument.IdOf(listId), cancellationToken))?.Members ?? [];

    /// <summary>Those of some lists that somebody is in. The notes tell which may be, so that not all members of all lists are read.</summary>
    public async ValueTask<IReadOnlySet<string>> HoldingAsync(string ownerId, IReadOnlyCollection<string> listIds, string profileId, CancellationToken cancellationToken)
    {
        var notes = await documents.ReadManyAsync([.. listIds.Select(id => NoteOf(ownerId, id, profileId))], cancellationToken);
        var noted = listIds.Where(id => notes.Get(NoteOf(ownerId, id, profileId)) is not null).ToList();
        var members = noted.Count == 0 ? new DocumentSet()
            : await documents.ReadManyAsync([.. noted.Select(id => DocumentKey.Of<ListMembersDocument>(ownerId, ListMembersDocument.IdOf(id)))], cancellationToken);
        return noted.Where(id => members.Get<ListMembersDocument>(ownerId, ListMembersDocument.IdOf(id))?.Holds(profileId) == true).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Puts somebody into a list that there is.</summary>
    /// <returns>Whether they are in it now: not where it is full.</returns>
    public async Task<bool> AddAsync(string ownerId, string listId, string profileId, CancellationToken cancellationToken)
    {
        if (await MembersAsync(ownerId, listId, cancellationToken) is var members && members.Any(member => member.ProfileId == profileId))
        {
            return true;
        }

        if (members.Count >= ListMembersDocument.MostMembers)
        {
            return false;
        }

        // First the note: the member's account may be deleted one day.
        await documents.UpsertManyAsync([ReferenceDocument.Of(profileId, ListMembersDocument.Note, ListMembersDocument.NoteKey(ownerId, listId))], cancellationToken);
        var added = new ListMember(Ids.New(time), profileId);
        var written = await documents.SetAsync<ListMembersDocument>(
            ownerId, ListMembersDocument.IdOf(listId), found => (found ?? ListMembersDocument.For(ownerId, listId)).With(added), cancellationToken);
        if (written?.Holds(profileId) == true)
        {
            return true;
        }

        await documents.DeleteManyAsync([NoteOf(ownerId, listId, profileId)], cancellationToken);
        return false;
    }

    /// <summary>Takes somebody out of a list.</summary>
    /// <returns>Whether they were in it.</returns>
    public async Task<bool> RemoveAsync(string ownerId, string listId, string profileId, CancellationToken cancellationToken)
    {
        var wasIn = false;
        await documents.UpdateAsync<ListMembersDocument>(ownerId, ListMembersDocument.IdOf(listId), Remove, cancellationToken);
        await documents.DeleteManyAsync([NoteOf(ownerId, listId, profileId)], cancellationToken);

        // Whoever was added anew meanwhile may have lost the new note.
        if (wasIn && (await MembersAsync(ownerId, listId, cancellationToken)).Any(member => member.ProfileId == profileId))
        {
            await documents.UpsertManyAsync([ReferenceDocument.Of(profileId, ListMembersDocument.Note, ListMembersDocument.NoteKey(ownerId, listId))], cancellationToken);
        }

        return wasIn;

        ListMembersDocument Remove(ListMembersDocument found)
        {
            wasIn |= found.Holds(profileId);
            return found.Without(profileId);
        }
    }

    /// <summary>Forgets who was in lists that are deleted, and then the lists. What a crash left is done with the next list that is made or deleted.</summary>
    public async Task ForgetDeletedAsync(string ownerId, CancellationToken cancellationToken)
    {
        var found = await documents.FindAsync<ListsDocument>(ownerId, ListsDocument.ListsId, cancellationToken);
        foreach (var list in found?.Lists.Where(list => list.Deleted) ?? [])
        {
            await ForgetNotesAsync(ownerId, list.Id, cancellationToken);
            await documents.DeleteAsync<ListMembersDocument>(ownerId, ListMembersDocument.IdOf(list.Id), cancellationToken);
            await documents.UpdateAsync<ListsDocument>(ownerId, ListsDocument.ListsId, now => now.Without(list.Id), cancellationToken);
        }
    }

    /// <summary>Deletes the notes that people are in a list: it, or its owner, is going.</summary>
    public async Task ForgetNotesAsync(string ownerId, string listId, CancellationToken cancellationToken)
    {
        foreach (var some in (await MembersAsync(ownerId, listId, cancellationToken)).Chunk(NotesAtOnce))
        {
            await documents.DeleteManyAsync([.. some.Select(member => NoteOf(ownerId, listId, member.ProfileId))], cancellationToken);
        }
    }

    private static DocumentKey NoteOf(string ownerId, string listId, string profileId) =>
        ReferenceDocument.KeyOf(profileId, ListMembersDocument.Note, ListMembersDocument.NoteKey(ownerId, listId));
}
