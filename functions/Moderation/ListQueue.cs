using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>Shows moderators what waits for them.</summary>
public sealed class ListQueue(IDocumentStore documents, Cursors cursors, TimeProvider time, IOptions<ModerationOptions> options)
{
    private const int Chunk = 200;
    private const int MostRounds = 5;
    private const int MostBefore = 5_000;
    private const int BeforeAtOnce = 1_000;
    private const int BeforeByOwner = 5;

    /// <summary>List the cases that wait for a decision, the most urgent first.</summary>
    /// <remarks>
    /// For moderators. First those with a person in danger, the greatest danger before all, then by severity, then by age; several of one owner take one place in the list,
    /// that of the most urgent, and <c>moreByOwner</c> counts the others. What a case is about is shown to whoever claims it. A page may hold fewer cases than asked for
    /// although there are more: go on while there is a <c>next</c>.
    /// </remarks>
    [Function(nameof(ListQueue))]
    [Access(Access.Moderator)]
    [Limit(Bucket.Reads)]
    [Paged]
    [QueryParameter("kind", "Which list: held (waits before others see it), reported, appealed.", Values = ["held", "reported", "appealed"])]
    public async Task<Results<Ok<Page<ModerationCase>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "moderation/queue")] HttpRequest http, CancellationToken cancellationToken)
    {
        if (KindOf(http.Query["kind"].ToString()) is not { } kind)
        {
            return new InvalidFields("kind", "One of held, reported, appealed.");
        }

        var list = $"moderation/queue/{kind}";
        var (page, error) = PageRequest.Read(http, cursors, list);
        if (error is not null)
        {
            return error;
        }

        var (files, more, next) = await ReadAsync(kind, page, cancellationToken);
        var owners = await documents.ReadManyAsync([.. files.Select(file => DocumentKey.Of<ProfileDocument>(file.OwnerId, file.OwnerId))], cancellationToken);
        var now = time.GetUtcNow();
        var items = files
            .Select(file => ModerationCase.Of(file, kind, owners.Get<ProfileDocument>(file.OwnerId, file.OwnerId), more[file.OwnerId] - 1, http.Me(), now))
            .ToList();
        var count = page.Budget.TakeOf(items);
        return TypedResults.Ok(new Page<ModerationCase>(items[..count], cursors.Make(list, count < items.Count ? Urgency.KeyOf(files[count - 1], kind) : next)));
    }

    private static CaseKind? KindOf(string? text) => text switch
    {
        "held" => CaseKind.Held,
        "reported" => CaseKind.Reported,
        "appealed" => CaseKind.Appealed,
        _ => null,
    };

    /// <summary>The first case of each owner who has none before a position, and how many each owner has among what was looked at.</summary>
    private async Task<(IReadOnlyList<CaseFileDocument> Files, Dictionary<string, int> ByOwner, string? Next)> ReadAsync(
        CaseKind kind, PageRequest page, CancellationToken cancellationToken)
    {
        var first = new List<CaseFileDocument>(page.Limit);
        var byOwner = new Dictionary<string, int>(StringComparer.Ordinal);
        var met = new HashSet<string>(StringComparer.Ordinal);
        var (before, listed) = (await BeforeAsync(ReviewDocument.NameOf(kind), page.After, cancellationToken), new HashSet<string>(StringComparer.Ordinal));
        var after = page.After;
        for (var round = 0; round < MostRounds; round++)
        {
            var (places, hasMore) = await PlacesAsync(ReviewDocument.NameOf(kind), after, cancellationToken);
            await NoteListedAsync(kind, places, before, listed, cancellationToken);
            var files = await FilesAsync(places.Where(place => !listed.Contains(place.OwnerId)).Select(place => place.Id), cancellationToken);
            foreach (var place in places)
            {
                if (FileOf(files, place.Id) is { } file && StandsThere(file, kind, place.Id) && !met.Contains(file.Id))
                {
                    if (byOwner.TryGetValue(file.OwnerId, out var seen))
                    {
                        byOwner[file.OwnerId] = seen + 1;
                    }
                    else if (first.Count < page.Limit)
                    {
                        byOwner[file.OwnerId] = 1;
                        first.Add(file);
                    }
                    else
                    {
                        return (first, byOwner, after);
                    }
                }

                met.Add(Urgency.CaseIdOf(place.Id));
                after = place.Id;
            }

            if (!hasMore)
            {
                return (first, byOwner, null);
            }
        }

        return (first, byOwner, after);
    }

    /// <summary>
    /// The case has the last word on where it stands; its places follow it a moment later, and until then, also after an update that orders them otherwise,
    /// it stands where it was listed last.
    /// </summary>
    private static bool StandsThere(CaseFileDocument file, CaseKind kind, string place) =>
        CaseRules.KindsOf(file).Contains(kind) && (Urgency.KeyOf(file, kind) == place || file.Listed.Contains($"{ReviewDocument.NameOf(kind)}/{place}"));

    /// <summary>
    /// The most urgent places of each owner up to where the page before ended. Places are small and name the owner, so this is a few queries; nobody looks
    /// beyond the <see cref="MostBefore"/> most urgent of each partition, and an owner who has none among them may be shown again.
    /// </summary>
    private async Task<Dictionary<string, List<string>>> BeforeAsync(string list, string? position, CancellationToken cancellationToken)
    {
        if (position is null)
        {
            return [];
        }

        var parts = await Task.WhenAll(ReviewDocument.Partitions(list, options.Value.ReviewShards).Select(partition => documents
            .QueryAllAsync<ReviewDocument>(new DocumentQuery(partition, BeforeAtOnce) { To = position + '\u0001' }, cancellationToken)
            .Take(MostBefore)
            .ToListAsync(cancellationToken)
            .AsTask()));
        return parts.SelectMany(part => part).GroupBy(place => place.OwnerId, StringComparer.Ordinal).ToDictionary(
            places => places.Key, places => places.Select(place => place.Id).Order(StringComparer.Ordinal).Take(BeforeByOwner).ToList(), StringComparer.Ordinal);
    }

    /// <summary>Notes which owners of some places stand further up in the list: each is looked at once, when a place of theirs is met.</summary>
    private async Task NoteListedAsync(
        CaseKind kind, IReadOnlyList<ReviewDocument> places, Dictionary<string, List<string>> before, HashSet<string> listed, CancellationToken cancellationToken)
    {
        var met = places.Select(place => place.OwnerId).Distinct().Where(before.ContainsKey).ToList();
        var files = await FilesAsync(met.SelectMany(owner => before[owner]), cancellationToken);
        foreach (var owner in met)
        {
            if (before.Remove(owner, out var earlier) && earlier.Exists(place => FileOf(files, place) is { } file && StandsThere(file, kind, place)))
            {
                listed.Add(owner);
            }
        }
    }

    private async Task<DocumentSet> FilesAsync(IEnumerable<string> places, CancellationToken cancellationToken)
    {
        List<DocumentKey> keys = [.. places.Select(Urgency.CaseIdOf).Distinct().Select(id => DocumentKey.Of<CaseFileDocument>(id, id))];
        return keys.Count == 0 ? new() : await documents.ReadManyAsync(keys, cancellationToken);
    }

    private static CaseFileDocument? FileOf(DocumentSet files, string place) => files.Get<CaseFileDocument>(Urgency.CaseIdOf(place), Urgency.CaseIdOf(place));

    /// <summary>The most urgent of all partitions.</summary>
    private async Task<(IReadOnlyList<ReviewDocument> Places, bool HasMore)> PlacesAsync(string list, string? after, CancellationToken cancellationToken)
    {
        var pages = await Task.WhenAll(ReviewDocument.Partitions(list, options.Value.ReviewShards).Select(partition =>
            documents.QueryAsync<ReviewDocument>(new DocumentQuery(partition, Chunk).After(after), cancellationToken).AsTask()));
        var all = pages.SelectMany(part => part.Items).OrderBy(place => place.Id, StringComparer.Ordinal).ToList();
        return ([.. all.Take(Chunk)], all.Count > Chunk || pages.Any(part => part.HasMore));
    }
}
