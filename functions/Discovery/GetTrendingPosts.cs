using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Discovery;

/// <summary>Lists posts that are talked about.</summary>
public sealed class GetTrendingPosts(Trends trends, Consent consent, PostPager pager, Cursors cursors)
{
    /// <summary>List posts that many like and pass on.</summary>
    /// <remarks>
    /// By Mastodon's formula, found every ten minutes: reactions squared, half of it every two hours; one post of an author, no replies. Only of people who want to be
    /// suggested (<c>discoverable</c>) and found (<c>indexable</c>). Without <c>lang</c> in the first language of Accept-Language in which there is anything, else in all together.
    /// </remarks>
    [Function(nameof(GetTrendingPosts))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    [QueryParameter("lang", "Language of the posts.", MaxLength = 35)]
    public async Task<Results<Ok<Page<ExploredPost>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "explore/posts")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (found, problem) = await trends.ReadAsync(http, cancellationToken);
        var list = $"explore:posts:{found?.Id}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if ((invalid ?? problem) is { } refused)
        {
            return refused;
        }

        var viewer = Viewer.Of(http);
        var posts = found?.Posts ?? [];
        var kept = (await trends.KeptAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var reactions = posts.ToDictionary(post => post.PostId, post => post.Reactions, StringComparer.Ordinal);
        var shown = await pager.ReadAsync(list, page, ChunkAsync, viewer, cancellationToken);
        return TypedResults.Ok(new Page<ExploredPost>(
            [
                .. shown.Items.Where(post => !post.Tags.Any(kept.Contains))
                    .Select(post => new ExploredPost(post, [new(ExploreReasonKind.Reactions, reactions[post.Id])])),
            ],
            shown.Next));

        async ValueTask<PostChunk> ChunkAsync(string? after, int limit)
        {
            var rest = posts.After(after, post => post.PostId);
            List<PostTrend> here = [.. rest.Take(limit)];
            var willing = await consent.WhoAsync(here.Select(post => OwnedIds.OwnerOf(post.PostId)), viewer.ProfileId, author => author is { Discoverable: true, Indexable: true }, cancellationToken);
            return new(
                [.. here.Where(post => willing.Contains(OwnedIds.OwnerOf(post.PostId))).Select(post => (post.PostId, new PostReference(post.PostId, Place.Search)))],
                here.Count < rest.Count ? here[^1].PostId : null);
        }
    }
}
