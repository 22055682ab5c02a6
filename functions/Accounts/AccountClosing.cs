using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Accounts;

/// <summary>
/// Closes an account that is to be deleted: its calls are refused, its profile and whatever is its own is not shown any more. The handler does
/// so before it acknowledges; the worker again, should the handler not have come to it.
/// </summary>
public sealed class AccountClosing(IDocumentStore documents)
{
    /// <summary>Closes it.</summary>
    /// <returns>Whether the account is this deletion's: another one may be at it, or have been.</returns>
    public async Task<bool> CloseAsync(DeletionDocument deletion, CancellationToken cancellationToken)
    {
        var (accountId, profileId) = (deletion.AccountId!, deletion.ProfileId!);
        var account = await documents.UpdateAsync<AccountDocument>(
            accountId, accountId, found => found.DeletionId is null && found.ProfileId == profileId ? found with { DeletionId = deletion.Id } : null, cancellationToken);
        if (account?.DeletionId != deletion.Id)
        {
            return false;
        }

        await documents.UpdateAsync<ProfileDocument>(
            profileId, profileId, found => found.DeletedAt is null ? found with { DeletedAt = deletion.WorkSince } : null, cancellationToken);
        return true;
    }
}
