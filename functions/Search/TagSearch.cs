using ServerlessSocial.Discovery;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Search;

/// <summary>Finds hashtags by their beginnings: those under which public posts stand.</summary>
public sealed class TagSearch(IDocumentStore documents, PostReader reader, TagSpans spans, Trends trends)
{
    /// <summary>
    /// Posts of a tag that are looked at, the newest; and where the caller may see none of these, as of a suspended account or of whom they mute. A tag is told where they may see
    /// one of them.
    /// </summary>
    private const int LookedAt = 5, LookedAtMore = 100;

    /// <summary>Reads a page: the tag itself, where there is one, then the others by the alphabet.</summary>
    /// <param name="text">What is looked for, with or without its sign.</param>
    /// <param name="page">What the caller asks for; a position is a tag.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<(IReadOnlyList<FoundTag> Items, string? Next)> ReadAsync(string text, PageRequest page, Viewer viewer, CancellationToken cancellationToken)
    {
        if (TextEntities.NormalizeTag(text.Trim()) is not { } beginning)
        {
            return ([], null);
        }

        // What sorts before everything that begins so is the beginning itself. No tag holds the last character there is.
        var names = await documents.QueryAsync<TagName>(
            new DocumentQuery(TagName.PartitionOf(beginning), page.Limit) { From = beginning, To = beginning + '\uFFFF' }.After(page.After), cancellationToken);
        var kept = await trends.KeptAsync(cancellationToken);
        List<string> all = [.. names.Items.Select(name => name.Id).Where(name => !kept.Contains(name))];
        var told = await VisibleAsync(all, LookedAt, viewer, cancellationToken);
        told.UnionWith(await VisibleAsync([.. all.Except(told)], LookedAtMore, viewer, cancellationToken));
        FoundTag?[] used = [.. names.Items.Select(name => told.Contains(name.Id) ? new FoundTag(name.Id, [new(SearchReasonKind.Tag, name.Id)]) : null)];
        var count = page.Budget.TakeOf(used);
        return ([.. used[..count].OfType<FoundTag>()], count < used.Length || names.HasMore ? names.Items[Math.Max(count, 1) - 1].Id : null);
    }

    /// <summary>Those of some tags under which the viewer may see one of the newest posts.</summary>
    private async ValueTask<HashSet<string>> VisibleAsync(IReadOnlyList<string> tags, int most, Viewer viewer, CancellationToken cancellationToken)
    {
        var newest = await Task.WhenAll(tags.Select(tag => NewestAsync(tag, most, cancellationToken)));
        var posts = await reader.ReadAsync([.. newest.SelectMany(ids => ids).Distinct(StringComparer.Ordinal).Select(id => new PostReference(id, Place.Tag))], viewer, cancellationToken);
        var visible = posts.OfType<Post>().Select(post => post.Id).ToHashSet(StringComparer.Ordinal);
        return [.. tags.Where((_, i) => newest[i].Exists(visible.Contains))];
    }

    /// <summary>The newest posts under a tag; none where moderation, or their authors, took all of them away.</summary>
    private async Task<List<string>> NewestAsync(string tag, int most, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var range in await spans.RangesAsync(tag, null, cancellationToken))
        {
            if (found.Count >= most)
            {
                break;
            }

            found.AddRange((await documents.QueryAsync<TagEntry>(range with { Limit = most - found.Count }, cancellationToken)).Items.Select(entry => entry.Id));
        }

        return found;
    }
}
