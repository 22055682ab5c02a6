using System.Globalization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Search;

/// <summary>
/// Finds people by handle and name: by the very handle everybody, as anybody can call it anyway, and otherwise those who want to be found. What is wrong by a letter is
/// looked for where little is found as it is written.
/// </summary>
public sealed class PeopleSearch(ISearchIndex index, IDocumentStore documents, ProfileFinder finder, ProfileReader profiles, TimeProvider time)
{
    /// <summary>Most people who are found: the newest of those whose names begin so.</summary>
    private const int MostFound = 100;

    /// <summary>Where fewer are found as it is written, names that differ in a letter are looked for.</summary>
    private const int Few = 10;

    /// <summary>Reads a page.</summary>
    /// <param name="text">What is looked for.</param>
    /// <param name="page">What the caller asks for; a position is how many came before.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<(IReadOnlyList<FoundPerson> Items, string? Next)> ReadAsync(string text, PageRequest page, Viewer viewer, CancellationToken cancellationToken)
    {
        var ranked = await RankAsync(text, viewer, cancellationToken);
        var passed = page.After is { } after ? int.Parse(after, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        var here = ranked.Skip(passed).Take(page.Limit).ToList();
        var shown = await profiles.ReadAsync([.. here.Select(person => person.Id)], viewer.ProfileId, evenHidden: false, cancellationToken);
        FoundPerson?[] items = [.. here.Zip(shown, (person, profile) => profile is null ? null : new FoundPerson(profile, [person.Why]))];
        var count = page.Budget.TakeOf(items);
        var end = passed + count;
        return ([.. items[..count].OfType<FoundPerson>()], end < ranked.Count ? end.ToString(CultureInfo.InvariantCulture) : null);
    }

    private async ValueTask<IReadOnlyList<Candidate>> RankAsync(string text, Viewer viewer, CancellationToken cancellationToken)
    {
        var asked = Names.AskedFor(text);
        if (asked.Count == 0)
        {
            return [];
        }

        var exact = await finder.FindAsync(text.Trim().TrimStart('@'), viewer, cancellationToken);
        var found = await IdsAsync(asked.Select(word => SearchTerm.Mark(Names.Beginning(word))), cancellationToken);
        if (found.Count < Few)
        {
            found.UnionWith(await IdsAsync(asked.Select(word => new SearchTerm(Names.Misspelt(word), IsMark: true)), cancellationToken));
        }

        found.Remove(exact?.Id ?? string.Empty);
        var keys = found.SelectMany(id => new[] { DocumentKey.Of<ProfileDocument>(id, id), StandingDocument.KeyOf(id) }).ToList();
        var loaded = keys.Count == 0 ? new DocumentSet() : await documents.ReadManyAsync(keys, cancellationToken);
        var now = time.GetUtcNow();
        var others = found.Where(id => loaded.StandingOf(id, now) == Standing.Good)
            .Select(id => loaded.Profile(id))
            .Where(profile => profile is { Discoverable: true })
            .Select(profile => Candidate.Of(profile!, asked))
            .OfType<Candidate>()
            .OrderBy(person => person.Rank)
            .ThenByDescending(person => person.Id, StringComparer.Ordinal);
        return [.. exact is null ? [] : new[] { new Candidate(exact.Id, 0, new(SearchReasonKind.Handle, exact.Handle)) }, .. others];
    }

    private async ValueTask<HashSet<string>> IdsAsync(IEnumerable<SearchTerm> terms, CancellationToken cancellationToken) =>
        (await index.FindAsync<PersonEntry>(new([.. terms], MostFound), cancellationToken)).Select(found => found.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Somebody who may be meant: the lower the rank, the rather.</summary>
    private sealed record Candidate(string Id, int Rank, SearchReason Why)
    {
        /// <summary>How well a profile fits as it is now; null where it does not.</summary>
        public static Candidate? Of(ProfileDocument profile, IReadOnlyList<string> asked)
        {
            IReadOnlyList<string> handle = [.. Names.WordsOf(profile.Handle), profile.Handle.Replace("_", string.Empty, StringComparison.Ordinal)];
            var name = Names.WordsOf(profile.DisplayName);
            var (rank, why) = (0, new SearchReason(SearchReasonKind.Name, profile.DisplayName));
            foreach (var word in asked)
            {
                var (here, kind) = handle.Contains(word) ? (1, SearchReasonKind.Handle)
                    : name.Contains(word) ? (2, SearchReasonKind.Name)
                    : handle.Any(own => own.StartsWith(word, StringComparison.Ordinal)) ? (3, SearchReasonKind.Handle)
                    : name.Any(own => own.StartsWith(word, StringComparison.Ordinal)) ? (4, SearchReasonKind.Name)
                    : handle.Concat(name).Any(own => Names.IsNear(own, word)) ? (5, SearchReasonKind.Spelling)
                    : (-1, SearchReasonKind.Name);
                if (here < 0)
                {
                    return null;
                }

                if (here > rank)
                {
                    (rank, why) = (here, new(kind, kind == SearchReasonKind.Name ? profile.DisplayName : profile.Handle));
                }
            }

            return new(profile.Id, rank, why);
        }
    }
}
