using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>
/// What machines decide about, too: the document keeps the decision, and its own pipeline writes the statement of reasons, tells the owner, and
/// shows it or hides it.
/// </summary>
public abstract class ModeratedSubject<TDocument>(IDocumentStore documents, DecisionRecords records) : ISubject
    where TDocument : PipelineDocument, IDocument<TDocument>, IModerated
{
    /// <inheritdoc/>
    public abstract SubjectType Type { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyCollection<ModerationAct> Acts { get; }

    /// <inheritdoc/>
    public abstract ValueTask<bool> IsSeenAsync(string id, Viewer viewer, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> IsGoneAsync(string id, CancellationToken cancellationToken) =>
        await documents.FindAsync<TDocument>(new SubjectRef(Type, id).OwnerId, id, cancellationToken) is not { IsGone: false };

    /// <inheritdoc/>
    public async ValueTask<CaseFileDocument> AsOfNowAsync(CaseFileDocument file, CancellationToken cancellationToken) =>
        await documents.FindAsync<TDocument>(file.OwnerId, file.SubjectId, cancellationToken) is { } subject ? CaseRules.AsOf(file, subject) : file;

    /// <inheritdoc/>
    public virtual ValueTask<bool> IsInDoubtAsync(string id, CancellationToken cancellationToken) => new(false);

    /// <inheritdoc/>
    public virtual ValueTask<long?> EditionAsync(string id, CancellationToken cancellationToken) => new((long?)null);

    /// <inheritdoc/>
    public virtual ValueTask<Outcome<CaseDecision>> PrepareAsync(CaseFileDocument file, CaseDecision decision, CancellationToken cancellationToken) => new(decision);

    /// <inheritdoc/>
    public async Task ApplyAsync(CaseFileDocument file, CancellationToken cancellationToken)
    {
        var decision = file.Decision!;
        while (await documents.FindAsync<TDocument>(file.OwnerId, file.SubjectId, cancellationToken) is { IsGone: false } subject
            && string.CompareOrdinal(subject.DecisionId, decision.Id) < 0)
        {
            await records.KeepAsync(subject, cancellationToken);
            if ((await documents.ReplaceAsync(Decided(subject, decision), cancellationToken)).NotThrottled() is { IsDone: true, Document: { } written })
            {
                ModerationTelemetry.Decided(written.Moderation.Status, DecidedBy.Person);
                return;
            }
        }
    }

    /// <inheritdoc/>
    public abstract ValueTask<CaseContent> ShowAsync(string id, Viewer moderator, CancellationToken cancellationToken);

    /// <summary>The document that a decision has reached. Pure but for the trace.</summary>
    protected abstract TDocument Decided(TDocument subject, CaseDecision decision);
}
