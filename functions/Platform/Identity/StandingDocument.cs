using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Platform.Identity;

/// <summary>What a profile's account may do at a moment.</summary>
public enum Standing
{
    /// <summary>Everything.</summary>
    Good,

    /// <summary>Everything, and whatever it makes is not spread.</summary>
    Limited,

    /// <summary>Nothing but look after its own data and appeal; others see nothing of it.</summary>
    Suspended,
}

/// <summary>Something that holds back an account.</summary>
/// <param name="DecisionId">The decision that set it.</param>
/// <param name="Since">When.</param>
/// <param name="Until">When it ends by itself; null stays until it is lifted.</param>
/// <param name="Reason">Why, in a sentence for the person.</param>
public sealed record Restraint(string DecisionId, DateTimeOffset Since, DateTimeOffset? Until, string Reason)
{
    /// <summary>Name of the rule that it rests on; null for those from before it was kept.</summary>
    public string? Rule { get; init; }

    /// <summary>Whether it holds at a moment.</summary>
    public bool HoldsAt(DateTimeOffset now) => Until is not { } until || now < until;
}

/// <summary>
/// How the account of a profile stands. There is one only for accounts that moderators have acted upon, and for moderators' own. It decides who sees what, so it is
/// read afresh with every call and every post: no memory may remember it.
/// </summary>
[PersonalData(Belongs.ToProfile)]
public sealed record StandingDocument : Document, IDocument<StandingDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("standings", "/id");

    /// <summary>What limits the account; null for nothing.</summary>
    public Restraint? Limit { get; init; }

    /// <summary>What suspends the account; null for nothing.</summary>
    public Restraint? Suspension { get; init; }

    /// <summary>The last decision that was carried out here: an older one, delivered late, changes nothing.</summary>
    public required string DecisionId { get; init; }

    /// <summary>Whether its last call came with the role that makes a moderator: all that is known here of roles.</summary>
    public bool IsModerator { get; init; }

    /// <summary>What is known of restraints that were laid on a former profile of the account; null for none.</summary>
    public CarriedRestraints? Carried { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;

    /// <summary>The key of a profile's standing.</summary>
    public static DocumentKey KeyOf(string profileId) => DocumentKey.Of<StandingDocument>(profileId, profileId);

    /// <summary>The standing of a profile that nothing was ever decided about.</summary>
    public static StandingDocument Of(string profileId) => new() { Id = profileId, DecisionId = string.Empty };

    /// <summary>The restraint that counts at a moment; null if none holds.</summary>
    public Restraint? RestraintAt(DateTimeOffset now) =>
        Suspension?.HoldsAt(now) == true ? Suspension : Limit?.HoldsAt(now) == true ? Limit : null;

    /// <summary>How the account stands at a moment. Time alone lifts what has an end.</summary>
    public Standing At(DateTimeOffset now) =>
        Suspension?.HoldsAt(now) == true ? Standing.Suspended : Limit?.HoldsAt(now) == true ? Standing.Limited : Standing.Good;
}

/// <summary>Reads standings out of a batch.</summary>
public static class Standings
{
    /// <summary>How the account of a profile stands, as a batch loaded it; good where nothing was ever decided.</summary>
    public static Standing StandingOf(this DocumentSet loaded, string profileId, DateTimeOffset now) =>
        loaded.Get<StandingDocument>(profileId, profileId)?.At(now) ?? Standing.Good;

    /// <summary>How the account of a profile stands.</summary>
    public static async ValueTask<Standing> StandingAsync(this IDocumentStore documents, string profileId, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await documents.FindAsync<StandingDocument>(profileId, profileId, cancellationToken))?.At(now) ?? Standing.Good;
}
