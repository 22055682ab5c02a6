using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Moderation;

/// <summary>
/// Closes the cases of a person's profile and account, so that moderators have no more to do with them and those who reported it are told, and erases them
/// afterwards. Those of posts and pictures go with these. That the person decided in others' cases, as a
/// moderator, stays on record there and in the audit trail.
/// </summary>
public sealed class EraseCases(IDocumentStore documents, CaseErasure cases) : IErasureStep
{
    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Traces;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        foreach (var subject in (SubjectRef[])[new(SubjectType.Account, person.ProfileId), new(SubjectType.Profile, person.ProfileId)])
        {
            var closed = await documents.UpdateAsync<CaseFileDocument>(
                subject.CaseId, subject.CaseId, found => found.Gone ? null : found with { Gone = true }, cancellationToken);
            if (!person.IsFinal)
            {
                continue;
            }

            if (closed is not null && CasePipeline.Next(closed).Count > 0)
            {
                // Those who reported it are still being told.
                return new(after, IsAtRest: false);
            }

            if (await cases.ErasePageAsync(subject, person.ProfileId, cancellationToken))
            {
                return new("more");
            }
        }

        return new(null);
    }
}
