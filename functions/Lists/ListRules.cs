using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Lists;

/// <summary>What stands in the feed of a list besides what <see cref="PostRules"/> say. Pure.</summary>
public static class ListRules
{
    /// <summary>Whether a list shows a post of a member's: no reply, or one that its policy lets in, to its author's own post, or to its owner.</summary>
    /// <param name="post">The post.</param>
    /// <param name="policy">The list's policy.</param>
    /// <param name="ownerId">Whose list.</param>
    /// <param name="isMember">Whether somebody is in it.</param>
    /// <param name="follows">Whether its owner follows somebody.</param>
    public static bool Shows(PostDocument post, RepliesPolicy policy, string ownerId, Func<string, bool> isMember, Func<string, bool> follows)
    {
        if (post.ReplyTo is not { } parent)
        {
            return true;
        }

        var answered = OwnedIds.OwnerOf(parent);
        return answered == post.AuthorId || answered == ownerId || policy switch
        {
            RepliesPolicy.List => isMember(answered),
            RepliesPolicy.Followed => follows(answered),
            _ => false,
        };
    }
}
