using ServerlessSocial.Search;

namespace ServerlessSocial.Discovery;

/// <summary>A post that trends are made of.</summary>
/// <param name="Entry">The post.</param>
/// <param name="Reactions">Its likes and boosts.</param>
/// <param name="Discoverable">Whether its author wants to be suggested.</param>
public readonly record struct TrendPost(PostEntry Entry, long Reactions, bool Discoverable);

/// <summary>
/// What is talked about, by Mastodon's formulae (<c>app/models/trends</c>): of hashtags how far the people who use them exceed those who did a day before, which fades
/// after its peak; of posts their reactions, which fade with their age. Who writes much counts once. Pure.
/// </summary>
internal static class TrendScores
{
    /// <summary>How far back is looked.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(48);

    private const int MostTags = 50, MostPosts = 100, MostPeople = 100;

    /// <summary>What a score loses half of after its peak.</summary>
    private static readonly TimeSpan TagHalfLife = TimeSpan.FromHours(4);

    /// <summary>How long a peak is remembered.</summary>
    private static readonly TimeSpan PeakLasts = TimeSpan.FromDays(2);

    /// <summary>What a score loses half of.</summary>
    private static readonly TimeSpan PostHalfLife = TimeSpan.FromHours(2);

    /// <summary>A tag whose score has faded so far is not talked about any more.</summary>
    private const double Faded = 0.5;

    /// <summary>What is talked about among posts.</summary>
    /// <param name="language">Language, or <see cref="TrendsDocument.AllLanguages"/>.</param>
    /// <param name="posts">Posts of the <see cref="Window"/> in that language.</param>
    /// <param name="before">What was found the last time; null for nothing.</param>
    /// <param name="options">Thresholds.</param>
    /// <param name="now">The time.</param>
    public static TrendsDocument Find(string language, IReadOnlyCollection<TrendPost> posts, TrendsDocument? before, TrendsOptions options, DateTimeOffset now) => new()
    {
        Id = language,
        FoundAt = now,
        Ttl = TrendsDocument.Seconds,
        Tags = [.. Tags(posts, before, options, now).OrderByDescending(tag => tag.Score).ThenBy(tag => tag.Name, StringComparer.Ordinal).Take(MostTags)],
        Posts = [.. Posts(posts, options, now).OrderByDescending(post => post.Score).ThenByDescending(post => post.PostId, StringComparer.Ordinal).Take(MostPosts)],
        People =
        [
            .. posts.Where(post => post.Discoverable).GroupBy(post => post.Entry.OwnerId, StringComparer.Ordinal)
                .Select(author => new AuthorTrend(author.Key, author.Sum(post => post.Reactions)))
                .Where(author => author.Reactions > 0)
                .OrderByDescending(author => author.Reactions).ThenByDescending(author => author.ProfileId, StringComparer.Ordinal).Take(MostPeople),
        ],
    };

    private static IEnumerable<TagTrend> Tags(IEnumerable<TrendPost> posts, TrendsDocument? before, TrendsOptions options, DateTimeOffset now)
    {
        var yesterday = (now - TimeSpan.FromHours(24)).ToUnixTimeMilliseconds();
        var uses = posts.SelectMany(post => post.Entry.Tags.Select(tag => (Tag: tag, post.Entry.OwnerId, IsNew: post.Entry.At > yesterday)))
            .GroupBy(use => use.Tag, StringComparer.Ordinal)
            .ToDictionary(
                tag => tag.Key,
                tag => (People: tag.Where(use => use.IsNew).Select(use => use.OwnerId).Distinct(StringComparer.Ordinal).Count(), Before: tag.Where(use => !use.IsNew).Select(use => use.OwnerId).Distinct(StringComparer.Ordinal).Count()),
                StringComparer.Ordinal);
        var peaks = (before?.Tags ?? []).ToDictionary(tag => tag.Name, StringComparer.Ordinal);
        foreach (var (tag, (people, earlier)) in uses)
        {
            var expected = Math.Max(earlier, 1);
            var score = people <= expected || people < options.LeastPeople ? 0 : Math.Pow(people - expected, 2) / expected;
            var (peak, at) = peaks.GetValueOrDefault(tag) is { } known && now - known.PeakAt < PeakLasts && known.Peak >= score ? (known.Peak, known.PeakAt) : (score, now);
            var left = peak * Half(now - at, TagHalfLife);
            if (left > Faded && people > 0)
            {
                yield return new(tag, people, earlier, peak, at, left);
            }
        }
    }

    private static IEnumerable<PostTrend> Posts(IEnumerable<TrendPost> posts, TrendsOptions options, DateTimeOffset now) =>
        posts.Where(post => post.Discoverable && post.Reactions >= options.LeastReactions && post.Entry.Marks.Contains(PostEntry.Findable) && post.Entry.Marks.Contains(PostEntry.Beginning))
            .Select(post => new PostTrend(
                post.Entry.Id, post.Reactions, Math.Pow(post.Reactions - 1, 2) * Half(now - DateTimeOffset.FromUnixTimeMilliseconds(post.Entry.At), PostHalfLife)))
            .GroupBy(post => Platform.Documents.OwnedIds.OwnerOf(post.PostId), StringComparer.Ordinal)
            .Select(author => author.MaxBy(post => post.Score)!);

    private static double Half(TimeSpan age, TimeSpan halfLife) => Math.Pow(0.5, Math.Max(0, age / halfLife));
}
