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

    /// <summary>List the cases that wait for a decision, the most urgent first.</summary>
    /// <remarks>
    /// For moderators. First those with a person in danger, then by severity, then by age; several of one owner take one place on a page, and
    /// <c>moreByOwner</c> counts the others. What a case is about is shown to whoever claims it. A page may hold fewer cases than asked for
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
        return TypedResults.Ok(new Page<ModerationCase>(
            [.. files.Select(file => ModerationCase.Of(file, kind, owners.Get<ProfileDocument>(file.OwnerId, file.OwnerId), more[file.OwnerId] - 1, http.Me(), now))],
            cursors.Make(list, next)));
    }

    private static CaseKind? KindOf(string? text) => text switch
    {
        "held" => CaseKind.Held,
        "reported" => CaseKind.Reported,
        "appealed" => CaseKind.Appealed,
        _ => null,
    };

    /// <summary>The first case of each owner behind a position, and how many each owner has among what was looked at.</summary>
    private async Task<(IReadOnlyList<CaseFileDocument> Files, Dictionary<string, int> ByOwner, string? Next)> ReadAsync(
        CaseKind kind, PageRequest page, CancellationToken cancellationToken)
    {
        var first = new List<CaseFileDocument>(page.Limit);
        var byOwner = new Dictionary<string, int>(StringComparer.Ordinal);
        var after = page.After;
        for (var round = 0; round < MostRounds; round++)
        {
            var (places, hasMore) = await PlacesAsync(ReviewDocument.NameOf(kind), after, cancellationToken);
            var files = await documents.ReadManyAsync(
                [.. places.Select(place => Urgency.CaseIdOf(place.Id)).Distinct().Select(id => DocumentKey.Of<CaseFileDocument>(id, id))], cancellationToken);
            foreach (var place in places)
            {
                var caseId = Urgency.CaseIdOf(place.Id);
                if (files.Get<CaseFileDocument>(caseId, caseId) is { } file && StandsThere(file, kind, place))
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

                after = place.Id;
            }

            if (!hasMore)
            {
                return (first, byOwner, null);
            }
        }

        return (first, byOwner, after);
    }

    /// <summary>The case has the last word on where it stands; its places follow it a moment later.</summary>
    private static bool StandsThere(CaseFileDocument file, CaseKind kind, ReviewDocument place) =>
        CaseRules.KindsOf(file).Contains(kind) && Urgency.KeyOf(file, kind) == place.Id;

    /// <summary>The most urgent of all partitions.</summary>
    private async Task<(IReadOnlyList<ReviewDocument> Places, bool HasMore)> PlacesAsync(string list, string? after, CancellationToken cancellationToken)
    {
        var pages = await Task.WhenAll(ReviewDocument.Partitions(list, options.Value.ReviewShards).Select(partition =>
            documents.QueryAsync<ReviewDocument>(new DocumentQuery(partition, Chunk).After(after), cancellationToken).AsTask()));
        var all = pages.SelectMany(part => part.Items).OrderBy(place => place.Id, StringComparer.Ordinal).ToList();
        return ([.. all.Take(Chunk)], all.Count > Chunk || pages.Any(part => part.HasMore));
    }
}
