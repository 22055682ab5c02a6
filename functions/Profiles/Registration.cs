using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Profiles;

/// <summary>
/// Gives an account its profile and its handle: both or neither, although they are documents of different partitions.
/// <para>
/// The account decides. Handle and profile are written first, and mean nothing until the account document, replaced under the ETag it had
/// before, names the profile. Whoever finds somebody else's claim of a handle looks at that account: if it has the profile, the handle is
/// taken; if it has another, the claim is void; if it has none and the claim is old, it is taken over, after rewriting the account document,
/// whose changed ETag keeps the former claimant from deciding any more. So a handle has one profile, an account has one profile, and
/// whatever line an attempt dies at, the handle is free again after <see cref="Handles.Patience"/>. What holds the account back is laid on the profile
/// before that write, too.
/// </para>
/// </summary>
public sealed class Registration(IDocumentStore documents, Dispatcher dispatcher, Restraints restraints, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Registers a profile for an account.</summary>
    /// <param name="profile">The profile wanted. One that an earlier attempt of the account left half-made keeps its id.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Stops the attempt; it may be repeated.</param>
    /// <returns>The profile as stored, or <see cref="HandleTaken"/> or <see cref="ProfileExists"/>.</returns>
    public async Task<Outcome<ProfileDocument>> RegisterAsync(ProfileDocument profile, string accountId, CancellationToken cancellationToken)
    {
        HandleDocument? claim = null;
        while (true)
        {
            var account = await documents.SetAsync<AccountDocument>(
                accountId, accountId, found => found ?? new AccountDocument { Id = accountId }, cancellationToken);
            if (account!.ProfileId is { } present)
            {
                return await AfterwardsAsync(present, profile, claim, cancellationToken);
            }

            var (claimed, refusal) = await ClaimAsync(profile, accountId, cancellationToken);
            if (refusal is not null)
            {
                if (claim is not null)
                {
                    // This attempt was too slow and lost what it had claimed; its text must not stay behind.
                    await WithdrawAsync(claim.ProfileId, cancellationToken);
                }

                return refusal;
            }

            if (claimed is null)
            {
                // Another attempt of the same account is at this handle, or somebody was faster: look again.
                await Task.Delay(Pause, time, cancellationToken);
                continue;
            }

            claim = claimed;
            var made = await documents.SetAsync<ProfileDocument>(
                claim.ProfileId, claim.ProfileId, found => Made(found, profile with { Id = claim.ProfileId }), cancellationToken);
            await restraints.CarryAsync(accountId, claim.ProfileId, cancellationToken);
            if ((await documents.ReplaceAsync(account with { ProfileId = claim.ProfileId }, cancellationToken)).NotThrottled().IsDone)
            {
                return made!;
            }
        }
    }

    /// <summary>The account has a profile: this attempt's own, made here or by an earlier run of it, or that of another attempt.</summary>
    private async Task<Outcome<ProfileDocument>> AfterwardsAsync(
        string present, ProfileDocument wanted, HandleDocument? claim, CancellationToken cancellationToken)
    {
        if (claim is not null && claim.ProfileId != present)
        {
            // Void from now on, whoever comes; only the profile's text must not stay behind.
            await WithdrawAsync(claim.ProfileId, cancellationToken);
            await documents.ReplaceAsync(claim with { Ttl = 1 }, cancellationToken);
        }

        return (present == wanted.Id || present == claim?.ProfileId)
            && await documents.FindAsync<ProfileDocument>(present, present, cancellationToken) is { } profile
            ? profile
            : new ProfileExists();
    }

    /// <summary>Claims the handle: the claim, or a refusal, or neither when it should be tried again.</summary>
    internal async Task<(HandleDocument? Claim, Error? Refusal)> ClaimAsync(ProfileDocument profile, string accountId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var mine = new HandleDocument { Id = profile.Handle, ProfileId = profile.Id, AccountId = accountId, ClaimedAt = now };
        var found = await documents.FindAsync<HandleDocument>(profile.Handle, profile.Handle, cancellationToken);
        if (found is null)
        {
            return ((await documents.CreateAsync(mine, cancellationToken)).OrNull(), null);
        }

        if (found.AccountId == accountId)
        {
            var free = found.ProfileId == profile.Id || now - found.ClaimedAt >= Handles.Patience;
            return (free ? (await documents.ReplaceAsync(found with { ClaimedAt = now, Ttl = null }, cancellationToken)).OrNull() : null, null);
        }

        if (found.IsReserved)
        {
            return (null, new HandleTaken(profile.Handle));
        }

        var other = await documents.FindAsync<AccountDocument>(found.AccountId, found.AccountId, cancellationToken);
        var holder = Handles.IsHeld(found, other) ? await documents.FindAsync<ProfileDocument>(found.ProfileId, found.ProfileId, cancellationToken) : null;
        var standing = Handles.StandingOf(found, other, holder, now);
        if (standing is ClaimStanding.Held or ClaimStanding.Underway)
        {
            return (null, new HandleTaken(profile.Handle));
        }

        if (standing == ClaimStanding.Stalled && !await StopAsync(other!, holder, cancellationToken))
        {
            return (null, null);
        }

        var taken = (await documents.ReplaceAsync(mine with { ETag = found.ETag }, cancellationToken)).OrNull();
        if (taken is not null && holder is null)
        {
            await WithdrawAsync(found.ProfileId, cancellationToken);
        }

        return (taken, null);
    }

    /// <summary>Takes back a profile that came to nothing, what was to be done for it, and what was laid on it.</summary>
    private async Task WithdrawAsync(string profileId, CancellationToken cancellationToken)
    {
        await documents.DeleteManyAsync(
            [DocumentKey.Of<ProfileDocument>(profileId, profileId), .. dispatcher.NotesOf(ProfilePipeline.Queues, profileId, profileId)], cancellationToken);
        await restraints.DropAsync(profileId, cancellationToken);
    }

    /// <summary>Keeps whoever made a claim from deciding any more: what they would decide by gets another ETag.</summary>
    private async Task<bool> StopAsync(AccountDocument account, ProfileDocument? changing, CancellationToken cancellationToken) => changing is null
        ? (await documents.ReplaceAsync(account, cancellationToken)).NotThrottled().IsDone
        : (await documents.ReplaceAsync(changing, cancellationToken)).NotThrottled().IsDone;

    /// <summary>What an earlier attempt left is kept when it is the same, and otherwise brought to what is wanted now.</summary>
    private static ProfileDocument Made(ProfileDocument? found, ProfileDocument wanted) =>
        found is not null && found.Handle == wanted.Handle && found.Newest.Equals(wanted.Newest)
            ? found
            : wanted with { CreatedAt = found?.CreatedAt ?? wanted.CreatedAt };
}
