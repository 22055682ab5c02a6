using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Lists;

/// <summary>Forgets, where others' own data stands, that they are in a person's lists; the lists go with their partition.</summary>
public sealed class EraseLists(IDocumentStore documents, ListKeeper lists) : IErasureStep
{
    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Works;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        var me = person.ProfileId;
        if (!person.IsFinal || await documents.FindAsync<ListsDocument>(me, ListsDocument.ListsId, cancellationToken) is not { } mine)
        {
            return new(null);
        }

        var rest = mine.Lists.Where(list => after is null || string.CompareOrdinal(list.Id, after) > 0).ToList();
        if (rest is not [var list, ..])
        {
            return new(null);
        }

        await lists.ForgetNotesAsync(me, list.Id, cancellationToken);
        return new(rest.Count > 1 ? list.Id : null);
    }
}
