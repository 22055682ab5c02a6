using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Plans;

/// <summary>The plan of somebody for whom one was ever set.</summary>
[PersonalData(Belongs.ToProfile)]
public sealed record PlanDocument : Document, IDocument<PlanDocument>
{
    /// <summary>Id of the document within its partition.</summary>
    public const string PlanId = "plan";

    /// <summary>Events that are known again: those that may come once more are the newest ones.</summary>
    private const int MostEvents = 100;

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("credits", "/ownerId");

    /// <summary>Whose it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The plan.</summary>
    public Plan Plan { get; init; }

    /// <summary>When it ends, and is <see cref="Plan.Free"/> again; null for never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>When it was decided: an older word changes nothing.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>Ids of events that were taken, the newest last.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>The plan at a moment.</summary>
    public Plan At(DateTimeOffset now) => Until is { } end && end <= now ? Plan.Free : Plan;

    /// <summary>The document after a word about the plan. Pure; a word that is known, or older than the last one, changes nothing.</summary>
    /// <param name="found">The document as it is; null for none.</param>
    /// <param name="word">The word.</param>
    public static PlanDocument After(PlanDocument? found, PlanWord word)
    {
        var before = found ?? new PlanDocument { Id = PlanId, OwnerId = word.ProfileId };
        if ((word.EventId is { } known && before.Events.Contains(known)) || word.AsOf < before.AsOf)
        {
            return before;
        }

        var events = word.EventId is { } id ? [.. before.Events.TakeLast(MostEvents - 1), id] : before.Events;
        return before with { Plan = word.Plan, Until = word.Until, AsOf = word.AsOf, Events = events };
    }
}

/// <summary>Somebody's plan as it was decided somewhere.</summary>
/// <param name="ProfileId">Whose.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Until">When it ends; null for never.</param>
/// <param name="AsOf">When it was decided.</param>
/// <param name="EventId">The event that tells of it; null where a person decided.</param>
public sealed record PlanWord(string ProfileId, Plan Plan, DateTimeOffset? Until, DateTimeOffset AsOf, string? EventId);
