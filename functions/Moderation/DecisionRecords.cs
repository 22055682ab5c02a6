using ServerlessSocial.Media;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>
/// What follows from every decision on a post, profile or picture: its statement of reasons, the notification of whoever answers for it, and the
/// case that moderators work on. May be repeated.
/// </summary>
public sealed class DecisionRecords(IDocumentStore documents, Notifier notifier)
{
    /// <summary>Writes what follows from the present decision on something. Its worker then notes on the document that it is written.</summary>
    public async Task WriteAsync(IModerated subject, CancellationToken cancellationToken)
    {
        if (CaseDocument.Of(subject) is { } decision)
        {
            await documents.UpsertManyAsync([decision], cancellationToken);
            await TellAsync(subject, decision, cancellationToken);
        }

        // The case follows its subject, also one that a run before this one made and died before it could say so.
        var reference = new SubjectRef(subject.SubjectType, subject.Id);
        await documents.SetAsync<CaseFileDocument>(
            reference.CaseId,
            reference.CaseId,
            found => found is null && !NeedsCase(subject)
                ? null
                : CaseRules.Synced(found ?? CaseFileDocument.Of(reference, subject.Moderation.DecidedAt ?? Ids.TimeOf(subject.Id)), subject),
            cancellationToken);
    }

    /// <summary>Closes the case of something that was deleted, if there is one. Whoever reported it is told by the case's own pipeline.</summary>
    public async Task ForgetAsync(IModerated subject, CancellationToken cancellationToken)
    {
        var caseId = new SubjectRef(subject.SubjectType, subject.Id).CaseId;
        await documents.UpdateAsync<CaseFileDocument>(caseId, caseId, found => found.Gone ? null : found with { Gone = true }, cancellationToken);
    }

    /// <summary>Keeps a decision that is about to be replaced and may not be on record yet.</summary>
    public async Task KeepAsync(IModerated subject, CancellationToken cancellationToken)
    {
        if (CaseDocument.Of(subject) is { } before)
        {
            await documents.UpsertManyAsync([before], cancellationToken);
        }
    }

    /// <summary>What nothing was decided against gives moderators nothing to do.</summary>
    private static bool NeedsCase(IModerated subject) =>
        !subject.IsGone && subject.Moderation.Status is not (ModerationStatus.Approved or ModerationStatus.Pending);

    /// <summary>One notification for each decision: what was told of the one before stays, since it was so.</summary>
    private async Task TellAsync(IModerated subject, CaseDocument decision, CancellationToken cancellationToken)
    {
        // A moderator who confirms what was never in doubt is no news.
        var news = decision.Decision is not ModerationStatus.Approved || subject.RecordedCaseId is not null;
        if (news && !subject.IsGone)
        {
            await notifier.TellAsync([NotificationOf(subject, decision)], cancellationToken);
        }
    }

    private static NotificationDocument NotificationOf(IModerated subject, CaseDocument decision) => new()
    {
        Id = NotificationDocument.IdOf(decision.Id, NotificationKind.Moderation),
        OwnerId = subject.ResponsibleId,
        Kind = NotificationKind.Moderation,
        PostId = PostOf(subject),
        Text = decision.By is PostModeration.Moderator ? PersonsSentence(subject, decision) : Sentence(subject.SubjectType, decision),
        CreatedAt = decision.At,
    };

    /// <summary>The post that it is, or that the picture is in.</summary>
    private static string? PostOf(IModerated subject) => subject switch
    {
        PostDocument post => post.Id,
        MediaDocument picture => picture.PostId,
        _ => null,
    };

    /// <summary>What a person did, whether one can appeal it, and why they did it.</summary>
    private static string PersonsSentence(IModerated subject, CaseDocument decision)
    {
        var thing = subject.SubjectType switch
        {
            SubjectType.Post => "your post",
            SubjectType.Profile => "your profile",
            _ when PostOf(subject) is not null => "a picture in your post",
            _ => "a picture of yours",
        };
        var (heard, status) = (decision.Appeal is not null, decision.Decision);
        var did = (status, heard) switch
        {
            (ModerationStatus.Removed, true) when decision.Act is ModerationAct.Keep => $"A person heard your appeal: {thing} stays removed.",
            (ModerationStatus.Limited, true) when decision.Act is ModerationAct.Keep => $"A person heard your appeal: {thing} stays limited.",
            (ModerationStatus.Removed, true) => $"A person heard your appeal and removed {thing}.",
            (ModerationStatus.Limited, true) => $"A person heard your appeal and limited {thing}.",
            (ModerationStatus.Removed, _) => $"A person removed {thing}.",
            (ModerationStatus.Limited, _) => $"A person limited {thing}: it is not spread any more.",
            (_, true) => $"A person heard your appeal and restored {thing}.",
            _ when decision.Act is ModerationAct.Restore => $"A person looked at {thing} and restored it.",
            _ => $"A person looked at {thing} and released it.",
        };
        var appeal = status is ModerationStatus.Removed or ModerationStatus.Limited && subject.Moderation.Answered is null ? " You can appeal." : string.Empty;
        return decision.Reason is { } reason && reason != ModeratedRules.UsualReason(status) ? $"{did}{appeal} {reason}" : did + appeal;
    }

    /// <summary>Reasons of posts are shown beside the post; of others the sentence says what it is about.</summary>
    private static string Sentence(SubjectType type, CaseDocument decision) => (type, decision.Reason) switch
    {
        (SubjectType.Post, { } reason) => reason,
        (SubjectType.Post, null) => "A person looked at your post and released it.",
        (SubjectType.Profile, { } reason) => $"Your profile: {reason}",
        (SubjectType.Profile, null) => "A person looked at your profile and released it.",
        (_, { } reason) => $"A picture of yours: {reason}",
        _ => "A person looked at your picture and released it.",
    };
}
