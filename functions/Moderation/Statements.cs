using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>
/// Writes the statement of reasons of a decision about an account, and tells its owner: any number of times. What machines decide about, too,
/// keeps its decision itself: see <see cref="DecisionRecords"/>.
/// </summary>
public sealed class Statements(IDocumentStore documents, Notifier notifier)
{
    /// <summary>Puts the case's decision on record and tells of it.</summary>
    /// <param name="file">The case.</param>
    /// <param name="status">How its subject stands now.</param>
    /// <param name="told">What its owner is told.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RecordAsync(CaseFileDocument file, ModerationStatus status, string told, CancellationToken cancellationToken)
    {
        var decision = file.Decision!;
        if (decision is { Act: ModerationAct.Keep, Answers: null })
        {
            // Nothing was decided against anyone, and nobody need learn that somebody reported them.
            return;
        }

        await documents.UpsertManyAsync(
            [
                new CaseDocument
                {
                    Id = decision.Id,
                    SubjectId = file.SubjectId,
                    SubjectType = file.SubjectType,
                    Decision = status,
                    Act = decision.Act,
                    Clause = decision.Clause,
                    Reason = decision.Reason,
                    Until = decision.Until,
                    By = PostModeration.Moderator,
                    ModeratorId = decision.ModeratorId,
                    Appeal = decision.Answers,
                    At = decision.At,
                },
            ],
            cancellationToken);
        await notifier.TellAsync(
            [
                new NotificationDocument
                {
                    Id = NotificationDocument.IdOf(decision.Id, NotificationKind.Moderation),
                    OwnerId = file.OwnerId,
                    Kind = NotificationKind.Moderation,
                    Text = decision.Reason is { } reason ? $"{told} {reason}" : told,
                    CreatedAt = decision.At,
                },
            ],
            cancellationToken);
    }
}
