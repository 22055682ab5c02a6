using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>Lets people contest what was decided about their account or profile.</summary>
public sealed class AppealOwnDecision(IDocumentStore documents, TimeProvider time)
{
    /// <summary>Appeal the last decision about your account, or about what you want to show on your profile.</summary>
    /// <remarks>
    /// A moderator who had no part in it looks at it and at what you say, and decides; you are told. There is one appeal per decision on the account,
    /// and one per change of the profile. This call stays open to suspended accounts.
    /// </remarks>
    [Function(nameof(AppealOwnDecision))]
    [Access(Access.Profile, WhileSuspended = true)]
    [Limit(Bucket.Reports)]
    [RequestBody(typeof(AppealDecisionRequest))]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "profiles/me/moderation/appeal")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (appeal, invalid) = await AppealDecisionRequest.ReadAsync(http, time.GetUtcNow(), cancellationToken);
        if (appeal is null)
        {
            return invalid!;
        }

        var me = http.Me();
        var caseId = new SubjectRef(SubjectType.Account, me).CaseId;
        var loaded = await documents.ReadManyAsync([DocumentKey.Of<CaseFileDocument>(caseId, caseId), DocumentKey.Of<ProfileDocument>(me, me)], cancellationToken);
        var (file, standing) = (loaded.Get<CaseFileDocument>(caseId, caseId), http.Caller()!.Standing);
        return loaded.Get<ProfileDocument>(me, me) is not { } profile ? new Missing("profile")
            : IsAboutAccount(file ?? CaseFileDocument.OfCarried(standing), profile.Moderation) ? await AppealSanctionAsync(caseId, standing, appeal, cancellationToken)
            : await AppealContentAsync(me, appeal, cancellationToken);
    }

    /// <summary>Of two decisions that can be appealed, or cannot, the last one is meant.</summary>
    private static bool IsAboutAccount(CaseFileDocument? file, PostModeration content)
    {
        var (account, profile) = (CaseRules.AppealProblem(file) is null, ModeratedRules.AppealProblem(content) is null);
        return account == profile ? string.CompareOrdinal(file?.Decision?.Id, content.CaseId) > 0 : account;
    }

    private async Task<Results<NoContent, Error>> AppealSanctionAsync(
        string caseId, StandingDocument? standing, PostAppeal given, CancellationToken cancellationToken)
    {
        var appeal = new CaseAppeal(given.Text, given.At);
        var file = await documents.SetAsync<CaseFileDocument>(
            caseId,
            caseId,
            found => (found ?? CaseFileDocument.OfCarried(standing)) is { } now && CaseRules.AppealProblem(now) is null
                ? now with { Appeal = appeal, SanctionedMeanwhile = false, WorkSince = appeal.At, TraceParent = Activity.Current?.Id }
                : null,
            cancellationToken);
        return file?.Appeal == appeal ? TypedResults.NoContent() : CaseRules.AppealProblem(file ?? CaseFileDocument.OfCarried(standing)) ?? new NothingToAppeal();
    }

    private async Task<Results<NoContent, Error>> AppealContentAsync(string me, PostAppeal appeal, CancellationToken cancellationToken)
    {
        var profile = await documents.UpdateAsync<ProfileDocument>(
            me,
            me,
            found => ModeratedRules.Appealed(found.Moderation, appeal) is { } appealed
                ? found with { Moderation = appealed, WorkSince = appeal.At, TraceParent = Activity.Current?.Id }
                : null,
            cancellationToken);
        return profile is null ? new Missing("profile") : AppealDecisionRequest.Answer(profile.Moderation, appeal);
    }
}
