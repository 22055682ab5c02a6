using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>
/// Lists who likes or boosted a post, from the marks beside its counters: one range of one partition. Likes beyond <c>Tallies:PopularFrom</c>, which are
/// counted in shards, are not listed: no page goes through dozens of partitions.
/// </summary>
public sealed class ReactionPeople(IDocumentStore documents, PostReader reader, ProfilePager pager, Cursors cursors)
{
    /// <summary>Reads a page of who reacted to a post, the newest act first.</summary>
    public async ValueTask<Outcome<Page<Profile>>> ReadAsync(HttpRequest http, ReactionKind kind, string postId, CancellationToken cancellationToken)
    {
        var viewer = Viewer.Of(http);
        if (await reader.FindAsync(postId, viewer, Place.Post, cancellationToken) is null)
        {
            return new Missing("post");
        }

        var list = $"{ReactionDocument.Prefix(kind)}{postId}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        return invalid is not null
            ? invalid
            : await pager.ReadAsync(list, page, viewer.ProfileId, (after, limit) => ChunkAsync(kind, postId, after, limit, cancellationToken), evenHidden: false, cancellationToken);
    }

    /// <summary>Marks follow the reactions after a moment; the reactions themselves say how it is now.</summary>
    private async ValueTask<ProfileChunk> ChunkAsync(ReactionKind kind, string postId, string? after, int limit, CancellationToken cancellationToken)
    {
        var counter = kind == ReactionKind.Like ? PostPresenter.LikesCounter : PostPresenter.BoostsCounter;
        var marks = await documents.QueryAsync<TallyMark>(TallyMark.InOrderOfAct(postId, counter, limit).After(after), cancellationToken);
        var id = ReactionDocument.IdOf(kind, postId);
        var loaded = marks.Items.Count == 0
            ? new DocumentSet()
            : await documents.ReadManyAsync([.. marks.Items.Select(mark => DocumentKey.Of<ReactionDocument>(mark.Fact, id))], cancellationToken);
        return new(
            [.. marks.Items.Where(mark => loaded.Get<ReactionDocument>(mark.Fact, id) is { Active: true }).Select(mark => (mark.At!, mark.Fact))],
            marks.Next);
    }
}
