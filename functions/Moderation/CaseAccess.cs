using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Opens to moderators what others may not see: only what an open case of theirs is about, and never without a trace.</summary>
public sealed class CaseAccess(IDocumentStore documents, AuditLog audit, ServiceKey secret, TimeProvider time)
{
    /// <summary>Whether somebody may look at something as a moderator. If so, the look is on record when this returns.</summary>
    public async ValueTask<bool> MayLookAsync(Viewer viewer, SubjectRef subject, CancellationToken cancellationToken)
    {
        if (viewer is not { IsModerator: true, ProfileId: { } moderatorId, AccountId: not null }
            || await documents.FindAsync<CaseFileDocument>(subject.CaseId, subject.CaseId, cancellationToken) is not { } file
            || !CaseRules.MayLook(file, CaseModerator.Of(viewer, secret), time.GetUtcNow()))
        {
            return false;
        }

        await audit.AppendAsync(moderatorId, AuditAct.Look, file.Id, null, cancellationToken);
        return true;
    }
}
