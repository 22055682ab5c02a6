using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Text;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>A moderator's decision.</summary>
/// <param name="Decision">
/// <c>keep</c> (as it is; of a held one, release it), <c>limit</c>, <c>remove</c> or <c>restore</c>. Profiles are not limited; an
/// account is kept as it is or restored, everything else about it is a sanction.
/// </param>
/// <param name="Clause">The rule it rests on; needed to limit and to remove.</param>
/// <param name="Reason">Why, for the owner and for those who reported it; at most 500 characters. Readers see it too while a post is limited.</param>
/// <param name="Edition">Of a profile, which edition the moderator looked at, as the claim gives it; may be left out unless something that was kept back is released.</param>
/// <param name="All">
/// Of a profile that is removed while a change of it waits, whether what is shown now goes, too; left out, it does if somebody reported it or nothing
/// waited for a person.
/// </param>
[Example("""{ "decision": "remove", "clause": "harassment", "reason": "It insults a person by name." }""")]
public sealed record DecideCaseRequest([property: Required] ModerationAct? Decision = null, Clause? Clause = null, [property: MaxGraphemes(DecideCase.MaxReason)] string? Reason = null, long? Edition = null, bool? All = null);

/// <summary>Lets a person have the last word.</summary>
public sealed class DecideCase(IDocumentStore documents, CaseDesk desk, Subjects subjects, TimeProvider time)
{
    /// <summary>Longest reason in grapheme clusters.</summary>
    internal const int MaxReason = 500;

    /// <summary>Decide in a case: keep, limit, remove or restore what it is about.</summary>
    /// <remarks>
    /// For moderators, on anything but their own and what they reported, unless somebody else has taken the case. What is for everyone can be decided on without a
    /// report, its case's id being <c>post.</c>, <c>profile.</c> or <c>media.</c> and its own. The owner gets a statement of reasons, those who
    /// reported it the outcome. Whoever decided before hears no appeal, but may take their own last decision back; whose decision was made milder on appeal does not
    /// limit or remove the same thing again (403). The same decision again changes nothing; to keep what nothing is open about is a 404. Of a profile, keeping a held change
    /// shows it and removing it leaves what was shown before; of one that its owner has changed since, nothing is decided (409). A picture takes the
    /// post and the profile that show it along, and once removed does not come back as another upload.
    /// </remarks>
    [Function(nameof(DecideCase))]
    [Access(Access.Moderator)]
    [Limit(Bucket.Moderation)]
    [RequestBody(typeof(DecideCaseRequest))]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Ok<ModerationCase>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "moderation/cases/{id}/decision")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var (request, unread) = await http.ReadJsonAsync<DecideCaseRequest>(cancellationToken);
        if (unread is not null)
        {
            return unread;
        }

        if (request.Decision is null)
        {
            return new InvalidFields("decision", "Say what is decided.");
        }

        if (!SubjectRef.TryParse(id, out var subject))
        {
            return new Missing("case");
        }

        var reason = request.Reason is { } text ? TextLength.Normalize(text) : null;
        if (Problem(request, subject.Type, reason) is { } invalid)
        {
            return invalid;
        }

        var now = time.GetUtcNow();
        var decision = new CaseDecision(Ids.New(now), request.Decision!.Value, request.Clause, reason, null, http.Me(), now, null) { Edition = request.Edition, All = request.All };
        var (file, refusal) = await desk.DecideAsync(subject, decision, Viewer.Of(http), cancellationToken);
        return refusal is not null
            ? refusal
            : TypedResults.Ok(ModerationCase.Of(
                file!, kind: null, await documents.FindAsync<ProfileDocument>(subject.OwnerId, subject.OwnerId, cancellationToken), 0, http.Me(), now));
    }

    private Error? Problem(DecideCaseRequest request, SubjectType type, string? reason)
    {
        // A sanction has an end and a call of its own.
        var acts = subjects.Of(type).Acts.Where(act => type != SubjectType.Account || act is ModerationAct.Keep or ModerationAct.Restore).ToList();
        return new Validation()
            .Require(
                request.Decision is { } decision && acts.Contains(decision),
                "decision",
                $"One of {string.Join(", ", acts.Select(act => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(act.ToString())))}.")
            .Require(request.Clause is not null || request.Decision is not (ModerationAct.Limit or ModerationAct.Remove), "clause", "Say which rule it breaks.")
            .Require(type == SubjectType.Profile || request.Edition is null, "edition", "Profiles alone have editions.")
            .Require(type == SubjectType.Profile || request.All is null, "all", "It is for profiles alone.")
            .Note("reason", reason is null ? null : TextLength.Problem(reason, MaxReason))
            .Error;
    }
}
