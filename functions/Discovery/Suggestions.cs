using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Profiles;
using ServerlessSocial.Search;

namespace ServerlessSocial.Discovery;

/// <summary>Somebody to follow, and why.</summary>
/// <param name="ProfileId">The profile.</param>
/// <param name="Why">Why, the most telling reason first.</param>
public sealed record Suggestion(string ProfileId, IReadOnlyList<ExploreReason> Why);

/// <summary>
/// Finds people to follow, when somebody asks and only then: nothing is kept of it. Who is followed by those one follows (two hops), says to be interested in the same things,
/// writes what others like in one's language, or is new; always people who want to be suggested.
/// </summary>
public sealed class Suggestions(IDocumentStore documents, ISearchIndex index, TimeProvider time)
{
    /// <summary>People one follows who are looked at, the ones followed last, and whom each of them followed last.</summary>
    private const int MostFollowed = 20, MostOfEach = 30;

    /// <summary>People of one kind who are looked at.</summary>
    private const int MostOfKind = 50;

    /// <summary>Handles that a reason names.</summary>
    private const int MostNamed = 3;

    /// <summary>Finds them, the best first.</summary>
    /// <param name="me">Who asks; null for nobody in particular.</param>
    /// <param name="trends">What is talked about where they are; null for nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<IReadOnlyList<Suggestion>> FindAsync(string? me, TrendsDocument? trends, CancellationToken cancellationToken)
    {
        var own = me is null ? null : await documents.FindAsync<ProfileDocument>(me, me, cancellationToken);
        var byFollowed = me is null ? [] : await TwoHopsAsync(me, cancellationToken);
        var interests = (own?.Interests ?? []).SelectMany(PersonEntry.MarksOfInterest).ToHashSet(StringComparer.Ordinal);
        var alike = interests.Count > 0 ? await AlikeAsync(interests, cancellationToken) : [];
        var reactions = (trends?.People ?? []).Take(MostOfKind).ToDictionary(author => author.ProfileId, author => author.Reactions, StringComparer.Ordinal);
        var newest = (await index.FindAsync<PersonEntry>(new([], MostOfKind), cancellationToken)).Select(found => found.Id).ToHashSet(StringComparer.Ordinal);
        List<string> candidates =
        [
            .. byFollowed.OrderByDescending(person => person.Value.Count).Take(2 * MostOfKind).Select(person => person.Key)
                .Concat(alike).Concat(reactions.Keys).Concat(newest)
                .Where(id => id != me).Distinct(StringComparer.Ordinal),
        ];
        var loaded = await LoadAsync(me, candidates, byFollowed, cancellationToken);
        var now = time.GetUtcNow();
        return
        [
            .. candidates.Where(id => loaded.StandingOf(id, now) == Standing.Good && !IsKnown(me, id, loaded))
                .Select(id => loaded.Profile(id)).OfType<ProfileDocument>().Where(profile => profile.Discoverable)
                .Select(profile => Rank(profile, interests, [.. (byFollowed.GetValueOrDefault(profile.Id) ?? []).Where(by => loaded.StandingOf(by, now) == Standing.Good)], reactions.GetValueOrDefault(profile.Id), newest.Contains(profile.Id), loaded))
                .OrderByDescending(person => person.Score).ThenByDescending(person => person.Suggestion.ProfileId, StringComparer.Ordinal)
                .Select(person => person.Suggestion),
        ];
    }

    /// <summary>Who is followed by those one follows, and by whom of them.</summary>
    private async ValueTask<Dictionary<string, List<string>>> TwoHopsAsync(string me, CancellationToken cancellationToken)
    {
        var followed = await FollowedByAsync(me, MostFollowed, cancellationToken);
        var theirs = await Task.WhenAll(followed.Select(async id => (By: id, Followed: await FollowedByAsync(id, MostOfEach, cancellationToken))));
        var found = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (by, each) in theirs)
        {
            foreach (var id in each)
            {
                (found.TryGetValue(id, out var others) ? others : found[id] = []).Add(by);
            }
        }

        return found;
    }

    private async Task<IReadOnlyList<string>> FollowedByAsync(string id, int most, CancellationToken cancellationToken) =>
        [.. (await documents.QueryAsync<RelationDocument>(new DocumentQuery(id, most) { IsOrdered = true, Descending = true }, cancellationToken)).Items.Where(relation => relation is { Following: true, Blocked: false, Muting: false }).Select(relation => relation.Id)];

    private async ValueTask<IReadOnlyList<string>> AlikeAsync(IReadOnlyCollection<string> interests, CancellationToken cancellationToken) =>
        [.. (await index.FindAsync<PersonEntry>(new([new([.. interests], IsMark: true)], MostOfKind), cancellationToken)).Select(found => found.Id)];

    private async ValueTask<DocumentSet> LoadAsync(string? me, List<string> candidates, Dictionary<string, List<string>> byFollowed, CancellationToken cancellationToken)
    {
        var keys = byFollowed.Values.SelectMany(by => by).Distinct(StringComparer.Ordinal).Select(StandingDocument.KeyOf).ToHashSet();
        foreach (var id in candidates)
        {
            keys.Add(DocumentKey.Of<ProfileDocument>(id, id));
            keys.Add(StandingDocument.KeyOf(id));
            keys.UnionWith((byFollowed.GetValueOrDefault(id) ?? []).Take(MostNamed).Select(by => DocumentKey.Of<ProfileDocument>(by, by)));
            if (me is not null)
            {
                keys.Add(DocumentKey.Of<RelationDocument>(me, id));
            }
        }

        return keys.Count == 0 ? new DocumentSet() : await documents.ReadManyAsync(keys, cancellationToken);
    }

    private static bool IsKnown(string? me, string id, DocumentSet loaded) =>
        me is not null && loaded.Get<RelationDocument>(me, id) is { } relation && (relation.Following || relation.Requested || relation.Blocked || relation.Muting);

    private static (Suggestion Suggestion, double Score) Rank(ProfileDocument profile, HashSet<string> interests, List<string> by, long reactions, bool isNew, DocumentSet loaded)
    {
        var why = new List<ExploreReason>();
        if (by.Count > 0)
        {
            why.Add(new(ExploreReasonKind.FollowedBy, by.Count, Values: [.. by.Take(MostNamed).Select(id => loaded.Profile(id)?.Handle).OfType<string>()]));
        }

        List<string> shared = [.. profile.Interests.Where(interest => PersonEntry.MarksOfInterest(interest).Any(interests.Contains))];
        if (shared.Count > 0)
        {
            why.Add(new(ExploreReasonKind.Interests, Values: shared));
        }

        if (reactions > 0)
        {
            why.Add(new(ExploreReasonKind.Reactions, reactions));
        }

        if (isNew)
        {
            why.Add(new(ExploreReasonKind.New));
        }

        return (new(profile.Id, why), (3.0 * by.Count) + (2.0 * shared.Count) + Math.Min(Math.Log2(1 + reactions), 3));
    }
}
