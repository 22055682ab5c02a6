using Microsoft.Extensions.Caching.Memory;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Filters;

/// <summary>
/// Matches posts with their viewers' filters. What is prepared for that is kept for a while, by the version of the filters, which are read anew every time:
/// a change holds at once.
/// </summary>
public sealed class PostFilters : IDisposable
{
    /// <summary>Filters kept at once; a phrase takes about half a kilobyte.</summary>
    private const int MostKept = 20_000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly MemoryCache compiled = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>The filters of a viewer that match a post at a place, as far as they were loaded; none for its author.</summary>
    /// <param name="post">A post that the viewer may see.</param>
    /// <param name="quoted">The post that it quotes, as far as the viewer may see that: what they may not see must not be told by what they filter.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="place">Where.</param>
    /// <param name="loaded">What was loaded, <see cref="FiltersDocument.KeyOf"/> of the viewer among it.</param>
    /// <param name="now">The time: filters end by the clock.</param>
    public IReadOnlyList<FilterMatch> Match(PostDocument post, PostDocument? quoted, Viewer viewer, Place place, DocumentSet loaded, DateTimeOffset now)
    {
        if (viewer.ProfileId is not { } me || me == post.AuthorId || loaded.Get<FiltersDocument>(me, FiltersDocument.FiltersId) is not { Filters.Count: > 0 } filters)
        {
            return [];
        }

        return [.. Compiled(filters).Match(post, quoted, PostRules.ScopeOf(place), now).Select(filter => new FilterMatch(filter.Id, filter.Phrase, filter.Action))];
    }

    /// <inheritdoc/>
    public void Dispose() => compiled.Dispose();

    private CompiledFilters Compiled(FiltersDocument filters)
    {
        var key = (filters.OwnerId, filters.ETag);
        if (compiled.TryGetValue(key, out CompiledFilters? found))
        {
            return found!;
        }

        return compiled.Set(key, new CompiledFilters(filters.Filters), new MemoryCacheEntryOptions { Size = filters.Filters.Count, SlidingExpiration = Kept });
    }
}
