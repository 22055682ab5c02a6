using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Profiles.Names;

namespace ServerlessSocial.Profiles;

/// <summary>Leaves of a person's handles, former ones too, a tombstone that keeps others from passing for the person, and says nothing more.</summary>
public sealed class EraseHandles(IDocumentStore documents, KnownNames names, IOptions<PrivacyOptions> options) : IErasureStep
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Traces;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        var me = person.ProfileId;
        if (!person.IsFinal || await documents.FindAsync<ProfileDocument>(me, me, cancellationToken) is not { } profile)
        {
            return new(null);
        }

        if (ProfilePipeline.Next(profile).Count > 0)
        {
            // It is still being examined, or what was decided put on record.
            return new(after, IsAtRest: false);
        }

        var claimed = await documents.QueryAsync<ReferenceDocument>(new DocumentQuery(me, PageSize).WithPrefix(HandleChange.ClaimNote).After(after), cancellationToken);
        var handles = profile.FormerHandles.Select(former => former.Handle)
            .Concat(claimed.Items.Select(note => note.Id[HandleChange.ClaimNote.Length..]))
            .Append(profile.Handle);
        foreach (var handle in handles.Distinct(StringComparer.Ordinal))
        {
            await documents.UpdateAsync<HandleDocument>(
                handle, handle, found => found.ProfileId == me ? found.Reserved(options.Value.HandleReservation) : null, cancellationToken);
        }

        await names.ForgetAsync(profile, cancellationToken);
        return new(claimed.Next);
    }
}
