using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Search;

/// <summary>Finds posts: skeleton (the index) -> whose authors let it be found, as they say now -> hydration, rules and presentation as of every list.</summary>
public sealed class PostSearch(ISearchIndex index, Consent consent, PostPager pager, ProfileFinder profiles)
{
    /// <summary>Most reasons that are told of a post.</summary>
    private const int MostReasons = 5;

    /// <summary>Reads a page.</summary>
    /// <param name="list">Name of the list, for its cursors.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="byRelevance">Whether those that fit best come first, instead of the newest.</param>
    /// <param name="page">What the caller asks for.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<Page<FoundPost>> ReadAsync(string list, SearchQuery query, bool byRelevance, PageRequest page, Viewer viewer, CancellationToken cancellationToken)
    {
        if (query.IsEmpty || await AskAsync(query, byRelevance, viewer, cancellationToken) is not { } asked)
        {
            return new([], null);
        }

        var found = await pager.ReadAsync(list, page, ChunkAsync, viewer, cancellationToken);
        var wanted = query.Words.SelectMany(term => term.Alternatives).SelectMany(phrase => phrase.Split(' ')).ToHashSet(StringComparer.Ordinal);
        return new([.. found.Items.Select(post => new FoundPost(post, ReasonsOf(post, query, wanted)))], found.Next);

        async ValueTask<PostChunk> ChunkAsync(string? after, int limit)
        {
            var entries = await index.FindAsync<PostEntry>(asked with { After = after, Limit = limit }, cancellationToken);
            var findable = await consent.WhoAsync(entries.Select(entry => OwnedIds.OwnerOf(entry.Id)), viewer.ProfileId, author => author.Indexable, cancellationToken);
            return new(
                [.. entries.Where(entry => findable.Contains(OwnedIds.OwnerOf(entry.Id))).Select(entry => (entry.Position, new PostReference(entry.Id, Place.Search)))],
                entries.Count < limit ? null : entries[^1].Position);
        }
    }

    /// <summary>The query of the index; null where nobody wrote what is asked for.</summary>
    private async ValueTask<IndexQuery?> AskAsync(SearchQuery query, bool byRelevance, Viewer viewer, CancellationToken cancellationToken)
    {
        var (all, none) = (new List<SearchTerm>(query.Words), new List<SearchTerm>(query.Without));
        all.AddRange(query.Facts);
        if (query.Authors.Count > 0)
        {
            var authors = await MarksAsync(query.Authors, viewer, cancellationToken);
            if (authors.Count == 0)
            {
                return null;
            }

            all.Add(new(authors, IsMark: true));
        }

        none.AddRange((await MarksAsync(query.NotBy, viewer, cancellationToken)).Select(SearchTerm.Mark));
        if (query.Words.Count == 0)
        {
            all.Add(SearchTerm.Mark(PostEntry.Findable));
        }

        return new(all, 1)
        {
            None = none,
            From = query.Since is { } since ? Ids.Lowest(since) : null,
            To = query.Until is { } until ? Ids.Lowest(until) : null,
            ByRelevance = byRelevance && query.Words.Count > 0,
        };
    }

    private async ValueTask<IReadOnlyList<string>> MarksAsync(IReadOnlyList<string> handles, Viewer viewer, CancellationToken cancellationToken)
    {
        var marks = new List<string>(handles.Count);
        foreach (var handle in handles)
        {
            var id = handle == SearchQuery.Me && viewer.ProfileId is { } me ? me : (await profiles.FindAsync(handle, viewer, cancellationToken))?.Id;
            if (id is not null)
            {
                marks.Add(PostEntry.MarkOfAuthor(id));
            }
        }

        return marks;
    }

    private static IReadOnlyList<SearchReason> ReasonsOf(Post post, SearchQuery query, HashSet<string> wanted)
    {
        IEnumerable<string> texts = [post.Text, post.ContentWarning ?? string.Empty, .. post.Media.Select(media => media.Alt ?? string.Empty), .. post.Poll?.Options.Select(option => option.Text) ?? []];
        var languages = PostEntry.LanguagesOf(0, PostEntry.LanguageOf(post.Language)).ToList();
        var words = texts.SelectMany(text => Words.RunsOf(text)
                .Where(run => languages.Any(language => Words.Of(run.In(text), language).Any(wanted.Contains)))
                .Select(run => run.In(text)))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(word => new SearchReason(SearchReasonKind.Word, word));
        var asked = query.Facts.SelectMany(fact => fact.Alternatives).ToHashSet(StringComparer.Ordinal);
        var tags = post.Tags.Where(tag => asked.Contains(PostEntry.MarkOfTag(tag))).Select(tag => new SearchReason(SearchReasonKind.Tag, tag));
        IEnumerable<SearchReason> author = query.Authors.Count > 0 ? [new(SearchReasonKind.Author, post.Author.Handle)] : [];
        return [.. words.Concat(tags).Concat(author).Take(MostReasons)];
    }
}
