using ServerlessSocial.Discovery;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Search;

/// <summary>Finds hashtags by their beginnings: those under which public posts stand.</summary>
public sealed class TagSearch(IDocumentStore documents, TagSpans spans, Trends trends)
{
    /// <summary>Reads a page: the tag itself, where there is one, then the others by the alphabet.</summary>
    /// <param name="text">What is looked for, with or without its sign.</param>
    /// <param name="page">What the caller asks for; a position is a tag.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<(IReadOnlyList<FoundTag> Items, string? Next)> ReadAsync(string text, PageRequest page, CancellationToken cancellationToken)
    {
        if (TextEntities.NormalizeTag(text.Trim()) is not { } beginning)
        {
            return ([], null);
        }

        // What sorts before everything that begins so is the beginning itself. No tag holds the last character there is.
        var names = await documents.QueryAsync<TagName>(
            new DocumentQuery(TagName.PartitionOf(beginning), page.Limit) { From = beginning, To = beginning + '\uFFFF' }.After(page.After), cancellationToken);
        var kept = await trends.KeptAsync(cancellationToken);
        var used = await Task.WhenAll(names.Items.Select(async name => !kept.Contains(name.Id) && await IsUsedAsync(name.Id, cancellationToken) ? new FoundTag(name.Id, [new(SearchReasonKind.Tag, name.Id)]) : null));
        var count = page.Budget.TakeOf(used);
        return ([.. used[..count].OfType<FoundTag>()], count < used.Length || names.HasMore ? names.Items[Math.Max(count, 1) - 1].Id : null);
    }

    /// <summary>Whether anything stands under a tag: what moderation took away, or its author, leaves its name.</summary>
    private async Task<bool> IsUsedAsync(string tag, CancellationToken cancellationToken)
    {
        foreach (var range in await spans.RangesAsync(tag, null, cancellationToken))
        {
            if ((await documents.QueryAsync<TagEntry>(range with { Limit = 1 }, cancellationToken)).Items.Count > 0)
            {
                return true;
            }
        }

        return false;
    }
}
