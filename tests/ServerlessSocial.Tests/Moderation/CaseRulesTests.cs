using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Moderation;

public sealed class CaseRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);
    private static readonly SubjectRef Account = new(SubjectType.Account, "019a5c2e0000700080000000000000ab");

    [Fact]
    public void Refusal_AppealBeforeWhoeverDecidedEver_IsRefused()
    {
        var file = Decided(Decided(CaseFileDocument.Of(Account, Now), "mona"), "max") with { Appeal = new("No.", Now) };

        Assert.IsType<HeardBefore>(CaseRules.Refusal(file, By("mona"), Now));
        Assert.IsType<HeardBefore>(CaseRules.Refusal(file, By("max"), Now));
        Assert.Null(CaseRules.Refusal(file, By("moritz"), Now));
    }

    [Fact]
    public void Refusal_AppealBeforeWhoeverDecidedWithAnotherProfile_IsRefused() => Assert.IsType<HeardBefore>(CaseRules.Refusal(
        Decided(CaseFileDocument.Of(Account, Now), "mona") with { Appeal = new("No.", Now) }, By("mona") with { ProfileId = "mona again" }, Now));

    [Fact]
    public void Decided_AppealThatCameMeanwhile_Waits()
    {
        var before = new PostModeration(ModerationStatus.Removed, "Why", PostModeration.Moderator, Now) { Appeal = new("No.", Now) };

        var unheard = ModeratedRules.Decided(before, Decision("2", ModerationAct.Remove))!;
        Assert.Equal((before.Appeal, null), (unheard.Appeal, unheard.Answered));
        Assert.Null(ModeratedRules.Decided(before, Decision("2", ModerationAct.Keep)));
        var heard = ModeratedRules.Decided(before, Decision("2", ModerationAct.Keep) with { Answers = "No." })!;
        Assert.Equal((null, before.Appeal), (heard.Appeal, heard.Answered));
        Assert.Null(ModeratedRules.Decided(before, Decision("2", ModerationAct.Restore))!.Appeal);
    }

    [Fact]
    public void Refusal_ContestedReportBeforeWhoeverDecided_IsRefused() =>
        Assert.IsType<HeardBefore>(CaseRules.Refusal(Decided(CaseFileDocument.Of(Account, Now), "mona") with { Reports = 1, ReportsAnswered = 1, Contests = 1 }, By("mona"), Now));

    [Fact]
    public void Refusal_NewReportBeforeWhoeverDecided_IsNone() =>
        Assert.Null(CaseRules.Refusal(Decided(CaseFileDocument.Of(Account, Now), "mona") with { Reports = 1 }, By("mona"), Now));

    [Fact]
    public void Refusal_ClaimOfAnother_HoldsUntilItEnds()
    {
        var file = CaseFileDocument.Of(Account, Now) with { Reports = 1, Claim = new("mona", Now.AddMinutes(1)) };

        Assert.IsType<CaseTaken>(CaseRules.Refusal(file, By("max"), Now));
        Assert.Null(CaseRules.Refusal(file, By("mona"), Now));
        Assert.Null(CaseRules.Refusal(file, By("max"), Now.AddMinutes(1)));
        Assert.IsType<OwnCase>(CaseRules.Refusal(file, By(Account.Id), Now));
    }

    [Fact]
    public void KeyOf_Danger_ThenSeverity_ThenAge()
    {
        var file = CaseFileDocument.Of(Account, Now) with { HeldSince = Now };
        string[] inOrder =
        [
            Key(file with { Scores = [new(HarmCategory.SelfHarm, 0.9, null)] }),
            Key(file with { Scores = [new(HarmCategory.SelfHarm, 0.6, null), new(HarmCategory.Harassment, 0.97, null)] }),
            Key(file with { Scores = [new(HarmCategory.SelfHarm, 0.6, null)], HeldSince = Now.AddHours(-1) }),
            Key(file with { Scores = [new(HarmCategory.Hate, 0.95, null)] }),
            Key(file with { Scores = [new(HarmCategory.Hate, 0.7, null)], HeldSince = Now.AddHours(-1) }),
            Key(file with { HeldSince = Now.AddHours(-1) }),
            Key(file),
        ];

        Assert.Equal(inOrder, inOrder.Order(StringComparer.Ordinal));
        Assert.Equal(file.Id, Urgency.CaseIdOf(inOrder[0]));
    }

    [Fact]
    public void Under_OlderDecision_ChangesNothing()
    {
        var suspended = AccountSubject.Under(Standing(), Decision("2", ModerationAct.Suspend));

        Assert.Equal(ServerlessSocial.Platform.Identity.Standing.Suspended, suspended.At(Now));
        Assert.Same(suspended, AccountSubject.Under(suspended, Decision("1", ModerationAct.Restore)));
        Assert.Equal(ServerlessSocial.Platform.Identity.Standing.Good, AccountSubject.Under(suspended, Decision("3", ModerationAct.Restore)).At(Now));
    }

    [Fact]
    public void At_Suspension_EndsAtItsTimeAndLeavesTheLimit()
    {
        var standing = Standing() with { Limit = new("1", Now, null, "Why"), Suspension = new("2", Now, Now.AddDays(1), "Why") };

        Assert.Equal(ServerlessSocial.Platform.Identity.Standing.Suspended, standing.At(Now.AddDays(1).AddTicks(-1)));
        Assert.Equal(ServerlessSocial.Platform.Identity.Standing.Limited, standing.At(Now.AddDays(1)));
    }

    private static StandingDocument Standing() => new() { Id = Account.Id, DecisionId = string.Empty };

    private static CaseDecision Decision(string id, ModerationAct act, string moderator = "mona") => new(id, act, Clause.Spam, "Why", null, moderator, Now, null);

    private static CaseFileDocument Decided(CaseFileDocument file, string moderator) =>
        CaseRules.Decided(file, Decision(Ids.New(Now), ModerationAct.Suspend, moderator), By(moderator));

    private static CaseModerator By(string moderator) => new(moderator, $"account of {moderator}");

    private static string Key(CaseFileDocument file) => Urgency.KeyOf(file, CaseKind.Held);
}
