using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Lists;

/// <summary>Takes a person out of others' lists.</summary>
public sealed class EraseListMemberships(IDocumentStore documents, ListKeeper lists) : IErasureStep
{
    private const int PageSize = 50;

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Traces;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        if (!person.IsFinal)
        {
            return new(null);
        }

        var me = person.ProfileId;
        var page = await documents.QueryAsync<ReferenceDocument>(new DocumentQuery(me, PageSize).WithPrefix(ListMembersDocument.Note).After(after), cancellationToken);
        foreach (var note in page.Items)
        {
            if (note.Id[ListMembersDocument.Note.Length..].Split(':') is [var owner, var list])
            {
                await lists.RemoveAsync(owner, list, me, cancellationToken);
            }
        }

        return new(page.Next);
    }
}
