using System.Diagnostics;
using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>Pictures as moderation sees them.</summary>
public sealed class MediaSubject(IDocumentStore documents, DecisionRecords records, MediaReader reader) : ModeratedSubject<MediaDocument>(documents, records)
{
    private readonly IDocumentStore documents = documents;

    /// <inheritdoc/>
    public override SubjectType Type => SubjectType.Media;

    /// <inheritdoc/>
    public override IReadOnlyCollection<ModerationAct> Acts { get; } = [ModerationAct.Keep, ModerationAct.Limit, ModerationAct.Remove, ModerationAct.Restore];

    /// <inheritdoc/>
    public override async ValueTask<bool> IsSeenAsync(string id, Viewer viewer, CancellationToken cancellationToken) =>
        await reader.FindAsync(id, viewer.AsAnybody, evenBlocked: true, cancellationToken) is not null;

    /// <inheritdoc/>
    public override async ValueTask<bool> IsInDoubtAsync(string id, CancellationToken cancellationToken) =>
        await documents.FindAsync<MediaDocument>(OwnedIds.OwnerOf(id), id, cancellationToken) is { Unseen: true };

    /// <inheritdoc/>
    public override async ValueTask<CaseContent> ShowAsync(string id, Viewer moderator, CancellationToken cancellationToken) =>
        new(Media: await documents.FindAsync<MediaDocument>(OwnedIds.OwnerOf(id), id, cancellationToken) is { } media ? MediaPresenter.Shape(media) : null);

    /// <inheritdoc/>
    protected override MediaDocument Decided(MediaDocument subject, CaseDecision decision)
    {
        // What nobody had looked at is in doubt until now, whatever stands there.
        var before = subject.Unseen ? subject.Moderation with { Status = ModerationStatus.Held } : subject.Moderation;
        return (ModeratedRules.Decided(before, decision) is { } moderation ? subject with { Moderation = moderation, Unseen = false } : subject) with
        {
            DecisionId = decision.Id,
            WorkSince = decision.At,
            TraceParent = Activity.Current?.Id,
        };
    }
}
