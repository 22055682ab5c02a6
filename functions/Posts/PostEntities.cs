using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Posts;

/// <summary>
/// What a post's text refers to, and where. Found when a post is shown: looking through a text takes microseconds, stored ranges would be read and paid
/// for with every post, and what was written before there were any has them, too.
/// </summary>
internal static class PostEntities
{
    /// <summary>The entities of a text as somebody sees them. Pure.</summary>
    /// <param name="post">The post.</param>
    /// <param name="handleOf">The handle that a mentioned profile has now; null where there is none any more, or the viewer may not see it.</param>
    /// <param name="end">Where the text that is shown ends, in UTF-16 units: what reaches beyond it is left out.</param>
    /// <returns>In the order of the text. Mentions are those that led to a profile when the post was written.</returns>
    public static IReadOnlyList<TextEntity> Of(PostDocument post, Func<string, string?> handleOf, int end = int.MaxValue)
    {
        var all = post.InText.Entities;
        if (all.Count == 0)
        {
            return [];
        }

        var shown = new List<TextEntity>(all.Count);
        for (var i = 0; i < all.Count && all[i].Start + all[i].Length <= end; i++)
        {
            var entity = all[i];
            if (entity.Kind != TextEntityKind.Mention)
            {
                shown.Add(entity);
            }
            else if (post.Mentions.FirstOrDefault(mention => mention.Handle == entity.Target) is { } mention && handleOf(mention.ProfileId) is { } handle)
            {
                shown.Add(entity with { Target = handle });
            }
        }

        return shown;
    }
}
