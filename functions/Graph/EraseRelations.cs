using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>
/// Ends what stands between a person and everybody else, both ways, and then forgets it. Who that is, three lists tell: the relations the
/// person holds (the mirrors of blocks among them), the marks of whoever ever followed, the notes of whoever muted or asked to follow.
/// </summary>
public sealed class EraseRelations(IDocumentStore documents, RelationWriter relations) : IErasureStep
{
    private const int PageSize = 100;

    private static readonly string[] Lists = ["own", "followers", "notes"];

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Ties;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        var (list, position) = after?.Split(':', 2) is [var name, var id] ? (name, id) : (Lists[0], null);
        var me = person.ProfileId;
        var page = list switch
        {
            "own" => await IdsAsync<RelationDocument>(me, string.Empty, position, cancellationToken),
            "followers" => await IdsAsync<TallyMark>(me, ProfilePresenter.FollowersCounter + ':', position, cancellationToken),
            _ => await IdsAsync<ReferenceDocument>(me, RelationEffects.HolderNote, position, cancellationToken),
        };
        var isAtRest = await UntieAsync(person, page.Others, cancellationToken);
        var following = Array.IndexOf(Lists, list) + 1;
        return new(page.Next is { } next ? $"{list}:{next}" : following < Lists.Length ? $"{Lists[following]}:{Ids.First}" : null, isAtRest);
    }

    /// <summary>Profiles that a range of a partition names behind a prefix.</summary>
    private async Task<(IReadOnlyList<string> Others, string? Next)> IdsAsync<T>(
        string partitionKey, string prefix, string? after, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var all = new DocumentQuery(partitionKey, PageSize) { From = Ids.First, To = Ids.End };
        var range = prefix.Length == 0 ? all.After(after) : all.WithPrefix(prefix).After(prefix + after);
        var page = await documents.QueryAsync<Bare<T>>(range, cancellationToken);
        return ([.. page.Items.Select(item => item.Id[prefix.Length..])], page.Next?[prefix.Length..]);
    }

    private async Task<bool> UntieAsync(ErasedPerson person, IReadOnlyList<string> others, CancellationToken cancellationToken)
    {
        var me = person.ProfileId;
        var loaded = await documents.ReadManyAsync(
            [.. others.SelectMany(other => new[] { DocumentKey.Of<RelationDocument>(me, other), DocumentKey.Of<RelationDocument>(other, me) })], cancellationToken);
        var isAtRest = true;
        var done = new List<DocumentKey>();
        foreach (var other in others)
        {
            var settled = true;
            var held = new[] { loaded.Get<RelationDocument>(me, other), loaded.Get<RelationDocument>(other, me) }.OfType<RelationDocument>().ToList();
            foreach (var relation in held)
            {
                var now = RelationRules.Cut(relation) == relation
                    ? relation
                    : await relations.ChangeAsync(relation.OwnerId, relation.Id, RelationRules.Cut, cancellationToken);
                settled &= RelationPipeline.Next(now).Count == 0;
            }

            isAtRest &= settled;
            if (settled)
            {
                done.AddRange(held.SelectMany(PersonalLists.Places));
                done.AddRange(Traces(me, other));
                done.AddRange(Traces(other, me));
            }
        }

        if (person.IsFinal)
        {
            await documents.DeleteManyAsync(done, cancellationToken);
        }

        return isAtRest;
    }

    /// <summary>Where it stands, counted or noted, that one holds something towards another: the document that says so last of all.</summary>
    private static DocumentKey[] Traces(string ownerId, string otherId) =>
    [
        DocumentKey.Of<TallyMark>(otherId, new Tally(otherId, ProfilePresenter.FollowersCounter, ownerId, Counts: false, 0).MarkId),
        DocumentKey.Of<TallyMark>(ownerId, new Tally(ownerId, ProfilePresenter.FollowingCounter, otherId, Counts: false, 0).MarkId),
        ReferenceDocument.KeyOf(otherId, RelationEffects.HolderNote, ownerId),
        DocumentKey.Of<RelationDocument>(ownerId, otherId),
    ];
}
