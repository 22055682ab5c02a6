using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Lists;

/// <summary>Takes a person out of others' lists.</summary>
public sealed class EraseListMemberships(IDocumentStore documents, ListKeeper lists) : IErasureStep
{
    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Traces;

    /// <inheritdoc/>
    public Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        return documents.EraseAsync(person, ListMembersDocument.Note, after, ForgetAsync, cancellationToken);

        async Task ForgetAsync(string note)
        {
            if (note.Split(':') is [var owner, var list])
            {
                await lists.RemoveAsync(owner, list, person.ProfileId, cancellationToken);
            }
        }
    }
}
