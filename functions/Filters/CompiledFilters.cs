using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Filters;

/// <summary>Somebody's filters, prepared to be matched with many posts. Immutable.</summary>
internal sealed class CompiledFilters
{
    private readonly IReadOnlyList<StoredFilter> filters;
    private readonly string?[] tags;
    private readonly PhraseMatcher phrases;

    public CompiledFilters(IReadOnlyList<StoredFilter> filters)
    {
        this.filters = filters;
        tags = [.. filters.Select(filter => filter.Tag)];

        // Tags are compared as tags, so that #art does not mute #artists.
        phrases = new(filters.Select((filter, i) => (tags[i] is null ? filter.Phrase : string.Empty, filter.WholeWord)));
    }

    /// <summary>The filters that hold in a scope now and match a post or the one it quotes.</summary>
    public IReadOnlyList<StoredFilter> Match(PostDocument post, PostDocument? quoted, FilterScope scope, DateTimeOffset now)
    {
        var holding = Enumerable.Range(0, filters.Count).Where(i => filters[i].Scope.Contains(scope) && filters[i].HoldsAt(now)).ToList();
        if (holding.Count == 0)
        {
            return [];
        }

        var texts = Texts(post).Concat(quoted is null ? [] : Texts(quoted)).Select(SearchText.Of).Where(phrases.MayMatch).ToList();
        return [.. holding.Where(Matches).Select(i => filters[i])];

        bool Matches(int i) => tags[i] is { } tag
            ? post.TagsNow.Contains(tag) || quoted?.TagsNow.Contains(tag) == true
            : texts.Exists(text => phrases.Matches(i, text));
    }

    /// <summary>All that a post says, apart from its tags as such.</summary>
    private static IEnumerable<string> Texts(PostDocument post) =>
        post.Media.Select(picture => picture.Alt).Prepend(post.ContentWarning).OfType<string>().Concat(post.Poll?.Options ?? []).Prepend(post.Text);
}
