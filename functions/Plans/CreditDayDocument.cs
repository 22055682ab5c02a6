using System.Text.Json.Serialization;
using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Plans;

/// <summary>How a charge stands, as it is stored.</summary>
public enum ChargeState
{
    /// <summary>Held for a call that is under way.</summary>
    Reserved,

    /// <summary>The call gave what was asked for.</summary>
    [StandsForUnknown]
    Settled,

    /// <summary>The call gave nothing, and costs nothing.</summary>
    Released,
}

/// <summary>What a call costs.</summary>
/// <param name="CallId">Id of the call: of the job, or of the request. It tells when it was made.</param>
/// <param name="Kind">What kind of call.</param>
/// <param name="Credits">What it costs, or would have cost.</param>
/// <param name="State">How it stands.</param>
/// <param name="Until">Until when it is held, while it is reserved.</param>
/// <param name="EndedAt">When it was settled or released; null before.</param>
public sealed record Charge(string CallId, CallKind Kind, int Credits, ChargeState State, DateTimeOffset Until, DateTimeOffset? EndedAt)
{
    /// <summary>Whether it takes credits.</summary>
    public bool Counts(DateTimeOffset now) => State == ChargeState.Settled || (State == ChargeState.Reserved && Until > now);
}

/// <summary>
/// What somebody's calls of one day (UTC) cost: one document, so that balance and ledger are one truth and change in one write under its ETag, however many
/// calls there are at once and wherever one crashes. A charge belongs to the day of its call, however late that ends.
/// </summary>
[PersonalData(Belongs.ToProfile)]
public sealed record CreditDayDocument : Document, IDocument<CreditDayDocument>
{
    /// <summary>Prefix of the ids.</summary>
    public const string Prefix = "day:";

    /// <summary>Charges that take nothing and are listed all the same: somebody whose calls all fail must not fill the document.</summary>
    private const int MostFree = 100;

    /// <inheritdoc/>
    public static ContainerDefinition Container => PlanDocument.Container;

    /// <summary>Whose they are.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The charges, in the order of their calls.</summary>
    public IReadOnlyList<Charge> Charges { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>Id of the document of a day.</summary>
    public static string IdOf(DateTimeOffset moment) => Prefix + UtcDay.NameOf(moment);

    /// <summary>The document of a day on which nothing has cost anything yet.</summary>
    /// <param name="ownerId">Whose.</param>
    /// <param name="id">The day, as <see cref="IdOf"/> names it.</param>
    /// <param name="days">Days for which it is kept from its last change on.</param>
    public static CreditDayDocument Of(string ownerId, string id, int days) => new() { Id = id, OwnerId = ownerId, Ttl = days * 24 * 60 * 60 };

    /// <summary>The charge of a call; null if there is none.</summary>
    public Charge? Find(string callId) => Charges.FirstOrDefault(charge => charge.CallId == callId);

    /// <summary>Credits of a kind that are settled or held.</summary>
    public int Taken(CallKind kind, DateTimeOffset now) => Charges.Where(charge => charge.Kind == kind && charge.Counts(now)).Sum(charge => charge.Credits);

    /// <summary>
    /// The document with credits held for a call, if there are enough. Pure. One whose charge is held for long enough, or settled, stays as it is; one that was
    /// released, or held too long ago, is held anew.
    /// </summary>
    /// <param name="wanted">The charge.</param>
    /// <param name="daily">Credits of its kind that there are in the day.</param>
    /// <param name="now">The present.</param>
    public CreditDayDocument Reserve(Charge wanted, int daily, DateTimeOffset now)
    {
        var mine = Find(wanted.CallId);
        var fresh = mine is { State: ChargeState.Reserved } && mine.Until - now > (wanted.Until - now) / 2;
        var others = Taken(wanted.Kind, now) - (mine?.Counts(now) == true ? mine.Credits : 0);
        return mine is { State: ChargeState.Settled } || fresh || others + wanted.Credits > daily ? this : With(wanted, now);
    }

    /// <summary>The document once a call has given what was asked for; the same one if nothing is held for it. Pure.</summary>
    public CreditDayDocument Settle(string callId, DateTimeOffset now) =>
        Find(callId) is { State: ChargeState.Reserved } held ? With(held with { State = ChargeState.Settled, EndedAt = now }, now) : this;

    /// <summary>The document once a call has failed for good, whatever was thought of it before. Pure.</summary>
    public CreditDayDocument Release(string callId, DateTimeOffset now) =>
        Find(callId) is { State: not ChargeState.Released } charge ? With(charge with { State = ChargeState.Released, EndedAt = now }, now) : this;

    private CreditDayDocument With(Charge charge, DateTimeOffset now)
    {
        var all = Charges.Where(other => other.CallId != charge.CallId).Append(charge).OrderBy(other => other.CallId, StringComparer.Ordinal).ToList();
        var forgotten = all.Count(other => !other.Counts(now)) - MostFree;
        return this with { Charges = [.. all.Where(other => other.Counts(now) || other.CallId == charge.CallId || forgotten-- <= 0)] };
    }
}
