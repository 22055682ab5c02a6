using System.Text.Json;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>Accounts as moderation sees them: what is decided about one is a sanction.</summary>
public sealed class AccountSubject(IDocumentStore documents, Statements statements, Dispatcher dispatcher, TimeProvider time) : ISubject
{
    /// <inheritdoc/>
    public SubjectType Type => SubjectType.Account;

    /// <inheritdoc/>
    public IReadOnlyCollection<ModerationAct> Acts { get; } =
        [ModerationAct.Keep, ModerationAct.Warn, ModerationAct.Limit, ModerationAct.Suspend, ModerationAct.Restore];

    /// <inheritdoc/>
    public async ValueTask<bool> IsSeenAsync(string id, Viewer viewer, CancellationToken cancellationToken) =>
        await documents.FindAsync<ProfileDocument>(id, id, cancellationToken) is { DeletedAt: null };

    /// <inheritdoc/>
    public async ValueTask<bool> IsGoneAsync(string id, CancellationToken cancellationToken) =>
        await documents.FindAsync<ProfileDocument>(id, id, cancellationToken) is not { DeletedAt: null };

    /// <summary>
    /// Moderators are not held back by each other: whoever would hear the appeals might be next. Nothing is lifted from whom nothing holds back; a warning,
    /// and whatever is appealed, can be taken back.
    /// </summary>
    public async ValueTask<Outcome<CaseDecision>> PrepareAsync(CaseFileDocument file, CaseDecision decision, CancellationToken cancellationToken)
    {
        if (decision.Act is not (ModerationAct.Limit or ModerationAct.Suspend or ModerationAct.Restore))
        {
            return decision;
        }

        var standing = await documents.FindAsync<StandingDocument>(file.SubjectId, file.SubjectId, cancellationToken);
        if (decision.Act != ModerationAct.Restore)
        {
            return standing is { IsModerator: true } ? new ModeratorAccount() : decision;
        }

        var isCarriedOut = file.Decision is null || string.CompareOrdinal(standing?.DecisionId, file.Decision.Id) >= 0;
        return isCarriedOut && file is { Appeal: null } && file.Decision?.Act != ModerationAct.Warn && (standing?.At(time.GetUtcNow()) ?? Standing.Good) == Standing.Good
            ? new NothingToLift()
            : decision;
    }

    /// <summary>Writes how the account stands from now on, and has its work resumed when a suspension ends.</summary>
    public async Task ApplyAsync(CaseFileDocument file, CancellationToken cancellationToken)
    {
        var decision = file.Decision!;
        var standing = (await documents.SetAsync<StandingDocument>(
            file.SubjectId, file.SubjectId, found => Under(found ?? StandingDocument.Of(file.SubjectId), decision), cancellationToken))!;
        var now = time.GetUtcNow();
        if (decision.Act == ModerationAct.Restore || standing.Suspension is { Until: not null })
        {
            await ResumeWork.ScheduleAsync(dispatcher, documents, file.SubjectId, standing.Suspension?.Until ?? decision.At, now, cancellationToken);
        }

        await statements.RecordAsync(
            file,
            standing.At(now) switch
            {
                Standing.Suspended => ModerationStatus.Removed,
                Standing.Limited => ModerationStatus.Limited,
                _ => ModerationStatus.Approved,
            },
            decision.Act switch
            {
                ModerationAct.Warn => "A moderator warns you. You can appeal.",
                ModerationAct.Limit => "Your account is limited: what you make is not spread. You can appeal.",
                ModerationAct.Suspend => "Your account is suspended. You can appeal.",
                ModerationAct.Keep => "A person heard your appeal: the decision stands.",
                _ => "Nothing holds your account back any more.",
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<CaseContent> ShowAsync(string id, Viewer moderator, CancellationToken cancellationToken) =>
        new(Profile: await documents.FindAsync<ProfileDocument>(id, id, cancellationToken) is { } profile ? CaseProfile.Of(profile) : null);

    /// <summary>The standing under a decision; the same one if it was carried out before, or a newer one was. Pure.</summary>
    internal static StandingDocument Under(StandingDocument standing, CaseDecision decision)
    {
        if (string.CompareOrdinal(standing.DecisionId, decision.Id) >= 0)
        {
            return standing;
        }

        var restraint = new Restraint(decision.Id, decision.At, decision.Until, decision.Reason ?? "A moderator decided so.")
        {
            Rule = decision.Clause is { } clause ? JsonNamingPolicy.CamelCase.ConvertName(clause.ToString()) : null,
        };
        var next = standing with { DecisionId = decision.Id };
        return decision.Act switch
        {
            ModerationAct.Limit => next with { Limit = restraint },
            ModerationAct.Suspend => next with { Suspension = restraint },
            ModerationAct.Restore => next with { Limit = null, Suspension = null },
            _ => next,
        };
    }
}
