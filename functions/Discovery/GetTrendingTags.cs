using ServerlessSocial.Filters;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Discovery;

/// <summary>Lists hashtags that are talked about.</summary>
public sealed class GetTrendingTags(Trends trends, IDocumentStore documents, Cursors cursors, TimeProvider time)
{
    /// <summary>List hashtags that more people use than usual.</summary>
    /// <remarks>
    /// What rises most comes first; found every ten minutes, by Mastodon's formula: each author of public posts counts once, and who used it a day before counts against it. Without
    /// <c>lang</c> in the first language of Accept-Language in which there is anything, else in all together. Tags you mute, and those moderators keep out, are left out.
    /// </remarks>
    [Function(nameof(GetTrendingTags))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    [QueryParameter("lang", "Language of the posts.", MaxLength = 35)]
    public async Task<Results<Ok<Page<ExploredTag>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "explore/tags")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (found, problem) = await trends.ReadAsync(http, cancellationToken);
        var list = $"explore:tags:{found?.Id}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if ((invalid ?? problem) is { } refused)
        {
            return refused;
        }

        var kept = (await trends.KeptAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var filters = http.ViewerId() is { } me ? await documents.FindAsync<FiltersDocument>(me, FiltersDocument.FiltersId, cancellationToken) : null;
        var now = time.GetUtcNow();
        List<TagTrend> tags = [.. (found?.Tags ?? []).Where(tag => !kept.Contains(tag.Name) && filters?.MutesTag(tag.Name, now) != true)];
        var (items, next) = page.CutAfter(tags, tag => new ExploredTag(tag.Name, [new(ExploreReasonKind.Rising, tag.People, tag.Before)]), tag => tag.Name);
        return TypedResults.Ok(new Page<ExploredTag>(items, cursors.Make(list, next)));
    }
}
