using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Posts;

/// <summary>Lists the posts somebody reacted to: one range of their own partition.</summary>
public sealed class ReactionLists(PostPager pager, Cursors cursors)
{
    /// <summary>Reads a page of the caller's reactions of a kind, newest act first.</summary>
    public async ValueTask<Outcome<Page<Post>>> ReadAsync(ReactionKind kind, HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var list = ReactionDocument.Prefix(kind) + me;
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        return await pager.ReadAsync<ReactionDocument>(list, page, [ReactionDocument.InOrderOfAct(me, kind, page.Limit)], Refer, Viewer.Of(http), cancellationToken);
    }

    private static PostReference? Refer(ReactionDocument reaction) => reaction.Active ? new(reaction.PostId, Place.Kept) : null;
}
