using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Platform.Identity;

/// <summary>What is known of restraints that outlasted a profile.</summary>
/// <param name="Deciders">Pseudonyms of the accounts of those who decided: they hear no appeal.</param>
/// <param name="Heard">Whether a person has answered an appeal already: there is no second one.</param>
public sealed record CarriedRestraints(IReadOnlyList<string> Deciders, bool Heard);

/// <summary>A restraint as it outlasts its profile: without the moderator's words, which may name people.</summary>
/// <param name="DecisionId">The decision that set it.</param>
/// <param name="Since">When.</param>
/// <param name="Until">When it ends by itself; null for never.</param>
/// <param name="Rule">Name of the rule that it rests on; null if that is not known.</param>
/// <param name="KeptUntil">Until when it comes back with the account.</param>
public sealed record KeptRestraint(string DecisionId, DateTimeOffset Since, DateTimeOffset? Until, string? Rule, DateTimeOffset KeptUntil);

/// <summary>
/// What still held an account back when it was deleted, so that nobody ends a suspension by deleting the account and signing up again. Its id is a
/// pseudonym of the account: it names neither that nor the profile, and goes when the restraint ends.
/// </summary>
[PersonalData(
    Belongs.ToNobody,
    Because = "A restraint outlasts the account, or deleting that would end it: kept under a pseudonym, without words, until it ends or Privacy:CaseRetention is over.")]
public sealed record KeptRestraintsDocument : Document, IDocument<KeptRestraintsDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container => StandingDocument.Container;

    /// <summary>What limited the account; null for nothing.</summary>
    public KeptRestraint? Limit { get; init; }

    /// <summary>What suspended it; null for nothing.</summary>
    public KeptRestraint? Suspension { get; init; }

    /// <summary>Pseudonyms of the accounts of those who decided so.</summary>
    public IReadOnlyList<string> Deciders { get; init; } = [];

    /// <summary>Whether a person has answered an appeal against it.</summary>
    public bool Heard { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;
}

/// <summary>Carries what holds an account back over to the profile that the same sign-in makes next.</summary>
public sealed class Restraints(IDocumentStore documents, ServiceKey secret, IOptions<PrivacyOptions> options, TimeProvider time)
{
    /// <summary>Keeps what still holds an account back, or nothing if nothing does. May be repeated, also once the profile's standing is gone.</summary>
    /// <param name="person">Whose account is being erased.</param>
    /// <param name="known">What the account's case says of these restraints; null if there is none any more.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task KeepAsync(ErasedPerson person, CarriedRestraints? known, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync<StandingDocument>(person.ProfileId, person.ProfileId, cancellationToken) is not { } standing)
        {
            return;
        }

        var (id, now) = (secret.PseudonymOf(PseudonymUse.Restraint, person.AccountId), time.GetUtcNow());
        var (limit, suspension) = (Kept(standing.Limit, now), Kept(standing.Suspension, now));
        if (limit is null && suspension is null)
        {
            // What was carried over from a profile before was lifted meanwhile, or is over.
            (await documents.DeleteAsync<KeptRestraintsDocument>(id, id, cancellationToken)).NotThrottled();
            return;
        }

        var deciders = (known?.Deciders ?? []).Union(standing.Carried?.Deciders ?? [], StringComparer.Ordinal).ToList();
        var end = new[] { limit?.KeptUntil, suspension?.KeptUntil }.Max()!.Value;
        await documents.SetAsync<KeptRestraintsDocument>(
            id,
            id,
            found => new()
            {
                Id = id,
                Limit = limit,
                Suspension = suspension,
                Deciders = known is null && found is not null ? found.Deciders : deciders,
                Heard = known?.Heard ?? found?.Heard ?? standing.Carried?.Heard ?? false,
                Ttl = (int)Math.Ceiling((end - now).TotalSeconds),
            },
            cancellationToken);
    }

    /// <summary>
    /// Lays on a profile that is about to become an account's what is kept of the account. Before the account has the profile, so that there is no
    /// moment in which it could act without.
    /// </summary>
    public async Task CarryAsync(string accountId, string profileId, CancellationToken cancellationToken)
    {
        var id = secret.PseudonymOf(PseudonymUse.Restraint, accountId);
        if (await documents.FindAsync<KeptRestraintsDocument>(id, id, cancellationToken) is not { } kept)
        {
            return;
        }

        var now = time.GetUtcNow();
        var (limit, suspension) = (Carried(kept.Limit, "limited", now), Carried(kept.Suspension, "suspended", now));
        if (limit is null && suspension is null)
        {
            return;
        }

        var decisions = new[] { limit?.DecisionId, suspension?.DecisionId };
        await documents.SetAsync<StandingDocument>(
            profileId,
            profileId,
            found => found ?? StandingDocument.Of(profileId) with
            {
                Limit = limit,
                Suspension = suspension,
                DecisionId = decisions.Max(StringComparer.Ordinal)!,
                Carried = new(kept.Deciders, kept.Heard),
            },
            cancellationToken);
    }

    /// <summary>Takes it off a profile that did not become the account's after all.</summary>
    public async Task DropAsync(string profileId, CancellationToken cancellationToken) =>
        (await documents.DeleteAsync<StandingDocument>(profileId, profileId, cancellationToken)).NotThrottled();

    private KeptRestraint? Kept(Restraint? restraint, DateTimeOffset now) => restraint?.HoldsAt(now) == true
        ? new(restraint.DecisionId, restraint.Since, restraint.Until, restraint.Rule, restraint.Until ?? now + options.Value.CaseRetention)
        : null;

    private static Restraint? Carried(KeptRestraint? kept, string how, DateTimeOffset now) => kept is not null && now < kept.KeptUntil
        ? new(kept.DecisionId, kept.Since, kept.Until, $"Your account was {how} when you deleted it{(kept.Rule is { } rule ? $" (rule: {rule})" : string.Empty)}, and that still holds.")
        {
            Rule = kept.Rule,
        }
        : null;
}
