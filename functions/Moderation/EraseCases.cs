using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Moderation;

/// <summary>
/// Erases the cases of a person's profile and account. Those of posts and pictures go with these. That the person decided in others' cases, as a
/// moderator, stays on record there and in the audit trail.
/// </summary>
public sealed class EraseCases(CaseErasure cases) : IErasureStep
{
    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Traces;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        if (!person.IsFinal)
        {
            return new(null);
        }

        var more = await cases.ErasePageAsync(new(SubjectType.Account, person.ProfileId), person.ProfileId, cancellationToken)
            || await cases.ErasePageAsync(new(SubjectType.Profile, person.ProfileId), person.ProfileId, cancellationToken);
        return new(more ? "more" : null);
    }
}
