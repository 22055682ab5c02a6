using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>The lists that are their owner's own business: who asks to follow, whom one blocks, whom one mutes.</summary>
public sealed class PersonalLists(IDocumentStore documents, ProfilePager pager, Cursors cursors)
{
    /// <summary>Puts a relation into a list, or takes it out, as it says. May be repeated.</summary>
    public async Task WriteAsync(RelationDocument relation, PersonalList list, CancellationToken cancellationToken)
    {
        if (ListedProfile.Of(relation, list) is not { } place)
        {
            return;
        }

        if (ListedProfile.Holds(relation, list))
        {
            await documents.UpsertManyAsync([place], cancellationToken);
        }
        else
        {
            await documents.DeleteManyAsync([KeyOf(place)], cancellationToken);
        }
    }

    /// <summary>Takes out of the lists what a relation named before and does not name any more.</summary>
    public async Task ForgetOutdatedAsync(RelationDocument seen, RelationDocument? now, CancellationToken cancellationToken)
    {
        var outdated = Places(seen).Except(now is null ? [] : Places(now)).ToList();
        if (outdated.Count > 0)
        {
            await documents.DeleteManyAsync(outdated, cancellationToken);
        }
    }

    /// <summary>Reads a page of one of the caller's lists, the newest act first.</summary>
    public async ValueTask<Outcome<Page<Profile>>> ReadAsync(HttpRequest http, PersonalList list, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var bucket = ListedProfile.BucketOf(me, list);
        var (page, invalid) = PageRequest.Read(http, cursors, bucket);
        return invalid is not null
            ? invalid
            : await pager.ReadAsync(bucket, page, me, (after, limit) => ChunkAsync(me, list, after, limit, cancellationToken), evenHidden: list != PersonalList.Requests, cancellationToken);
    }

    /// <summary>The list follows the relations after a moment; the relations themselves say how it is now.</summary>
    private async ValueTask<ProfileChunk> ChunkAsync(string me, PersonalList list, string? after, int limit, CancellationToken cancellationToken)
    {
        var query = new DocumentQuery(ListedProfile.BucketOf(me, list), limit) { Descending = true };
        var found = await documents.QueryAsync<ListedProfile>(query.After(after), cancellationToken);
        if (found.Items.Count == 0)
        {
            return new([], null);
        }

        var relations = await documents.ReadManyAsync([.. found.Items.Select(entry => RelationOf(entry.Id))], cancellationToken);
        return new(
            [.. found.Items.Where(entry => Stands(entry.Id)).Select(entry => (entry.Id, OwnedIds.OwnerOf(entry.Id)))],
            found.Next);

        bool Stands(string entryId) =>
            relations.Get(RelationOf(entryId)) is RelationDocument relation
            && ListedProfile.Holds(relation, list)
            && ListedProfile.Of(relation, list)?.Id == entryId;

        DocumentKey RelationOf(string entryId) => list == PersonalList.Requests
            ? DocumentKey.Of<RelationDocument>(OwnedIds.OwnerOf(entryId), me)
            : DocumentKey.Of<RelationDocument>(me, OwnedIds.OwnerOf(entryId));
    }

    /// <summary>Where a relation stands in lists, or stood when it was last in them.</summary>
    internal static IEnumerable<DocumentKey> Places(RelationDocument relation) =>
        Enum.GetValues<PersonalList>().Select(list => ListedProfile.Of(relation, list)).OfType<ListedProfile>().Select(KeyOf);

    private static DocumentKey KeyOf(ListedProfile place) => DocumentKey.Of<ListedProfile>(place.Bucket, place.Id);
}
