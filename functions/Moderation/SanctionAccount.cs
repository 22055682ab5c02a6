using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Text;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>What is done about an account.</summary>
public enum SanctionKind
{
    /// <summary>Its owner is told, and nothing else changes.</summary>
    Warn,

    /// <summary>What it makes is not spread.</summary>
    Limit,

    /// <summary>It can do nothing, and nobody sees anything of it.</summary>
    Suspend,

    /// <summary>Everything that holds it back ends.</summary>
    Lift,
}

/// <summary>A sanction.</summary>
/// <param name="Kind"><c>warn</c>, <c>limit</c>, <c>suspend</c>, or <c>lift</c> to end what holds the account back.</param>
/// <param name="Until">When it ends by itself, at most ten years from now; left out, when somebody lifts it.</param>
/// <param name="Clause">The rule it rests on; needed unless it is lifted.</param>
/// <param name="Reason">Why, for the person: 1 to 500 characters; needed unless it is lifted.</param>
[Example("""{ "kind": "suspend", "until": "2026-12-24T18:00:00.000Z", "clause": "harassment", "reason": "You threatened people again after a warning." }""")]
public sealed record NewSanction([property: Required] SanctionKind? Kind = null, DateTimeOffset? Until = null, Clause? Clause = null, [property: MaxGraphemes(DecideCase.MaxReason)] string? Reason = null);

/// <summary>A sanction that was laid on an account.</summary>
/// <param name="Id">Its id: that of the statement of reasons.</param>
/// <param name="CaseId">Case of the account.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="Clause">The rule it rests on.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record Sanction(string Id, string CaseId, SanctionKind Kind, DateTimeOffset? Until, Clause? Clause, string? Reason, DateTimeOffset At);

/// <summary>Lets moderators act upon an account.</summary>
public sealed class SanctionAccount(ProfileFinder profiles, CaseDesk desk, Idempotency idempotency, TimeProvider time)
{
    private const int MostYears = 10;

    /// <summary>Warn, limit or suspend an account, or lift what holds it back.</summary>
    /// <remarks>
    /// For moderators, on any account but their own; those of other moderators can be warned, not limited or suspended. It holds from the next call on, everywhere; a later one of the same kind replaces it. A sanction
    /// answers no appeal that waits; whoever decided may lay one and lift what they decided last themselves, while another moderator hears the appeal. Lifting what does
    /// not hold is refused (409). The person gets a statement of reasons and can appeal, which another moderator hears. Whoever deletes the account and signs up again begins under
    /// what still holds.
    /// </remarks>
    [Function(nameof(SanctionAccount))]
    [Access(Access.Moderator)]
    [Limit(Bucket.Moderation)]
    [RequestBody(typeof(NewSanction))]
    [Idempotent]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Created<Sanction>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "moderation/accounts/{handle}/sanctions")] HttpRequest http,
        string handle,
        CancellationToken cancellationToken)
    {
        var (request, unread) = await http.ReadJsonAsync<NewSanction>(cancellationToken);
        if (unread is not null)
        {
            return unread;
        }

        var reason = request.Reason is { } text ? TextLength.Normalize(text) : null;
        if (Problem(request, reason, time.GetUtcNow()) is { } invalid)
        {
            return invalid;
        }

        if (await profiles.FindAsync(handle, cancellationToken) is not { } profile)
        {
            return new Missing("profile");
        }

        var (sanction, refusal) = await idempotency.OnceAsync(
            http, http.Caller()!, request, id => SanctionAsync(id, new(SubjectType.Account, profile.Id), request, reason, Viewer.Of(http), cancellationToken), cancellationToken);
        return sanction is null ? refusal! : TypedResults.Created($"/api/profiles/{profile.Handle}", sanction);
    }

    private static Error? Problem(NewSanction request, string? reason, DateTimeOffset now)
    {
        var lifts = request.Kind == SanctionKind.Lift;
        return new Validation()
            .Require(request.Kind is not null, "kind", "One of warn, limit, suspend, lift.")
            .Require(request.Until is null || request.Kind is SanctionKind.Limit or SanctionKind.Suspend, "until", "Only what lasts has an end.")
            .Require(request.Until is null || (request.Until > now && request.Until < now.AddYears(MostYears)), "until", $"It must lie ahead, by at most {MostYears} years.")
            .Require(lifts || request.Clause is not null, "clause", "Say which rule was broken.")
            .Note("reason", reason is null && lifts ? null : TextLength.Problem(reason ?? string.Empty, DecideCase.MaxReason))
            .Error;
    }

    private async Task<Outcome<Sanction>> SanctionAsync(
        string id, SubjectRef account, NewSanction request, string? reason, Viewer moderator, CancellationToken cancellationToken)
    {
        var decision = new CaseDecision(id, ActOf(request.Kind!.Value), request.Clause, reason, request.Until, moderator.ProfileId!, Ids.TimeOf(id), null);
        var (file, refusal) = await desk.DecideAsync(account, decision, moderator, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var stands = file!.Decision!;
        return new Sanction(stands.Id, file.Id, request.Kind.Value, stands.Until, stands.Clause, stands.Reason, stands.At);
    }

    private static ModerationAct ActOf(SanctionKind kind) => kind switch
    {
        SanctionKind.Warn => ModerationAct.Warn,
        SanctionKind.Limit => ModerationAct.Limit,
        SanctionKind.Suspend => ModerationAct.Suspend,
        SanctionKind.Lift => ModerationAct.Restore,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
