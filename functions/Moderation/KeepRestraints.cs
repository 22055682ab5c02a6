using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Moderation;

/// <summary>Keeps what still holds a leaving account back, before its standing and its case are erased: see <see cref="Restraints"/>.</summary>
public sealed class KeepRestraints(IDocumentStore documents, Restraints restraints) : IErasureStep
{
    /// <summary>The first of all: later ones erase what it reads.</summary>
    public ErasureStage Stage => ErasureStage.Ties;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        if (person.IsFinal)
        {
            var caseId = new SubjectRef(SubjectType.Account, person.ProfileId).CaseId;
            var file = await documents.FindAsync<CaseFileDocument>(caseId, caseId, cancellationToken);
            await restraints.KeepAsync(person, file is null ? null : new(file.DeciderAccounts, file is { Decision.Answers: not null, SanctionedMeanwhile: false }), cancellationToken);
        }

        return new(null);
    }
}
