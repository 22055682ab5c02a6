using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Posts;

/// <summary>Lists the posts somebody reacted to: one range of their own partition.</summary>
public sealed class ReactionLists(PostPager pager, Cursors cursors)
{
    /// <summary>Reads a page of the caller's reactions of a kind, newest post first.</summary>
    public async ValueTask<Outcome<Page<Post>>> ReadAsync(ReactionKind kind, HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var prefix = ReactionDocument.Prefix(kind);
        var list = prefix + me;
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        var range = new DocumentQuery(me, page.Limit) { Descending = true }.WithPrefix(prefix);
        return await pager.ReadAsync<ReactionDocument>(list, page, [range], Refer, Viewer.Of(http), cancellationToken);
    }

    private static PostReference? Refer(ReactionDocument reaction) => reaction.Active ? new(reaction.PostId, Place.Kept) : null;
}
