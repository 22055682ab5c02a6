using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;
using ServerlessSocial.Search;

namespace ServerlessSocial.Discovery;

/// <summary>Finds out what is talked about, in each language.</summary>
public sealed class FindTrends(ISearchIndex index, IDocumentStore documents, Consent consent, IOptions<TrendsOptions> options, TimeProvider time)
{
    /// <summary>Posts that are looked at, the newest: about 45,000 request units in Azure, at most 75 a second.</summary>
    private const int MostPosts = 20_000;

    private const int Piece = 1_000;

    /// <summary>Posts that a language needs to have trends of its own.</summary>
    private const int LeastPosts = 5;

    /// <summary>Runs every ten minutes. Whatever was found before stands until then; to run twice changes nothing.</summary>
    [Function(nameof(FindTrends))]
    [Access(Access.System)]
    public async Task RunAsync([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var posts = await PostsAsync(now, cancellationToken);
        var byLanguage = posts.GroupBy(post => post.Entry.Language ?? string.Empty, StringComparer.Ordinal)
            .Where(group => group.Key.Length > 0 && group.Count() >= LeastPosts)
            .ToDictionary(group => group.Key, group => (IReadOnlyCollection<TrendPost>)[.. group], StringComparer.Ordinal);
        byLanguage.Add(TrendsDocument.AllLanguages, posts);
        var before = await documents.ReadManyAsync([.. byLanguage.Keys.Select(language => DocumentKey.Of<TrendsDocument>(TrendsDocument.Partition, language))], cancellationToken);
        await documents.UpsertManyAsync(
            [.. byLanguage.Select(language => TrendScores.Find(language.Key, language.Value, before.Get<TrendsDocument>(TrendsDocument.Partition, language.Key), options.Value, now))], cancellationToken);

        // A language in which nobody writes any more has nothing that is talked about.
        await documents.DeleteManyAsync(
            [
                .. (await documents.QueryAsync<TrendsDocument>(new DocumentQuery(TrendsDocument.Partition, Piece), cancellationToken)).Items
                    .Where(found => !byLanguage.ContainsKey(found.Id)).Select(found => DocumentKey.Of<TrendsDocument>(TrendsDocument.Partition, found.Id)),
            ],
            cancellationToken);
    }

    private async ValueTask<IReadOnlyList<TrendPost>> PostsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var posts = new List<TrendPost>();
        string? after = null;
        do
        {
            var found = await index.FindAsync<PostEntry>(new([], Piece) { From = Ids.Lowest(now - TrendScores.Window), After = after }, cancellationToken);
            posts.AddRange(await LookAsync(found, cancellationToken));
            after = found.Count == Piece ? found[^1].Position : null;
        }
        while (after is not null && posts.Count < MostPosts);
        return posts;
    }

    private async ValueTask<IEnumerable<TrendPost>> LookAsync(IReadOnlyList<Found> found, CancellationToken cancellationToken)
    {
        if (found.Count == 0)
        {
            return [];
        }

        var loaded = await documents.ReadManyAsync(
            [.. found.SelectMany(entry => new[] { PostEntry.KeyOf(entry.Id), DocumentKey.Of<StatsDocument>(entry.Id, StatsDocument.CountersId) })
                .Concat(found.Select(entry => StandingDocument.KeyOf(OwnedIds.OwnerOf(entry.Id))).Distinct())], cancellationToken);
        var now = time.GetUtcNow();
        var posts = found.Select(entry => loaded.Get<PostEntry>(OwnedIds.OwnerOf(entry.Id), entry.Id)).OfType<PostEntry>()
            .Where(entry => loaded.StandingOf(entry.OwnerId, now) == Standing.Good)
            .Select(entry => (Entry: entry, Reactions: loaded.Get<StatsDocument>(entry.Id, StatsDocument.CountersId) is { } stats ? stats[PostPresenter.LikesCounter] + stats[PostPresenter.BoostsCounter] : 0))
            .ToList();
        var willing = await consent.WhoAsync(posts.Where(post => post.Reactions > 0).Select(post => post.Entry.OwnerId), null, author => author.Discoverable, cancellationToken);
        return posts.Select(post => new TrendPost(post.Entry, post.Reactions, willing.Contains(post.Entry.OwnerId)));
    }
}
