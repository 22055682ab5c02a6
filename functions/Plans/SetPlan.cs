using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Plans;

/// <summary>A plan for somebody.</summary>
/// <param name="Plan"><c>free</c> or <c>plus</c>.</param>
/// <param name="Until">When <c>plus</c> ends by itself; left out for never.</param>
[Example("""{ "plan": "plus", "until": "2026-12-22T00:00:00.000Z" }""")]
public sealed record NewPlan([property: Required] Plan? Plan = null, DateTimeOffset? Until = null)
{
    /// <summary>What is wrong with it; null for nothing.</summary>
    internal Validation Check(DateTimeOffset now) => new Validation()
        .Require(Plan is not null, "plan", "One of free, plus.")
        .Require(Until is null || Plan == Plans.Plan.Plus, "until", "Only plus has an end.")
        .Require(Until is null || Until > now, "until", "It must lie ahead.");
}

/// <summary>Somebody's plan.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Until">When it ends and is <c>free</c> again; left out for never.</param>
/// <param name="SetAt">When it was decided.</param>
public sealed record AccountPlan(Plan Plan, DateTimeOffset? Until, DateTimeOffset SetAt);

/// <summary>Lets moderators set somebody's plan.</summary>
public sealed class SetPlan(ProfileFinder profiles, PlanKeeper plans, AuditLog audit, TimeProvider time)
{
    /// <summary>Set somebody's plan.</summary>
    /// <remarks>For moderators, on any account but their own. It holds from the next call on, and is put on record.</remarks>
    [Function(nameof(SetPlan))]
    [Access(Access.Moderator)]
    [Limit(Bucket.Moderation)]
    [RequestBody(typeof(NewPlan))]
    public async Task<Results<Ok<AccountPlan>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "moderation/accounts/{handle}/plan")] HttpRequest http,
        string handle,
        CancellationToken cancellationToken)
    {
        var (request, unread) = await http.ReadJsonAsync<NewPlan>(cancellationToken);
        if (unread is not null)
        {
            return unread;
        }

        var now = time.GetUtcNow();
        if (request.Check(now).Error is { } invalid)
        {
            return invalid;
        }

        if (await profiles.FindAsync(handle, cancellationToken) is not { } profile)
        {
            return new Missing("profile");
        }

        if (profile.Id == http.Me())
        {
            return new OwnPlan();
        }

        var word = new PlanWord(profile.Id, request.Plan!.Value, request.Until, now, null);
        await audit.AppendAsync(http.Me(), AuditAct.Decide, new SubjectRef(SubjectType.Account, profile.Id).CaseId, $"plan-{EnumNames.NameOf(word.Plan)}", cancellationToken);
        var stands = await plans.SetAsync(word, cancellationToken);
        return TypedResults.Ok(new AccountPlan(stands.Plan, stands.Until, stands.AsOf));
    }
}
