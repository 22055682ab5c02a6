using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Posts;

/// <summary>
/// Shows a post to whoever has just reacted to it: with what they did, which is counted a moment later. Their mark beside the counters tells whether it
/// is among them already, so that it is neither missing in the answer nor in it twice.
/// </summary>
public sealed class ReactionCounts(IDocumentStore documents)
{
    private const int Attempts = 3;

    /// <summary>The post after somebody reacted for the first time. Pure.</summary>
    /// <param name="shown">The post, read before.</param>
    /// <param name="reaction">The reaction, as it was created.</param>
    public static Post AfterFirst(Post shown, ReactionDocument reaction) => With(shown, reaction, CountOf(shown, reaction.Kind) + 1);

    /// <summary>The post after somebody reacted again or took a reaction back, or found that it was so already.</summary>
    /// <param name="shown">The post, read before or after.</param>
    /// <param name="reaction">The reaction as it is now.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<Post> AfterAsync(Post shown, ReactionDocument reaction, CancellationToken cancellationToken)
    {
        if (reaction.Kind == ReactionKind.Bookmark)
        {
            return With(shown, reaction, 0);
        }

        var tally = ReactionEffects.TallyOf(reaction);
        var mark = await documents.FindAsync<TallyMark>(tally.SubjectId, tally.MarkId, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            // If the mark is the same before and after, the counters in between are those that it speaks of.
            var stats = await documents.FindAsync<StatsDocument>(reaction.PostId, StatsDocument.CountersId, cancellationToken);
            var after = await documents.FindAsync<TallyMark>(tally.SubjectId, tally.MarkId, cancellationToken);
            if (mark?.Revision == after?.Revision || attempt == Attempts)
            {
                var counted = reaction.Kind == ReactionKind.Like ? PostPresenter.LikesOf(stats) : stats?[PostPresenter.BoostsCounter] ?? 0;
                return With(shown, reaction, Math.Max(0, counted + (reaction.Active ? 1 : 0) - (after is { Counts: true } ? 1 : 0)));
            }

            mark = after;
        }
    }

    private static long CountOf(Post post, ReactionKind kind) => kind == ReactionKind.Like ? post.Likes : post.Boosts;

    private static Post With(Post post, ReactionDocument reaction, long count) => reaction.Kind switch
    {
        ReactionKind.Like => post with { Likes = count, Viewer = post.Viewer! with { Liked = reaction.Active } },
        ReactionKind.Boost => post with { Boosts = count, Viewer = post.Viewer! with { Boosted = reaction.Active } },
        ReactionKind.Bookmark => post with { Viewer = post.Viewer! with { Bookmarked = reaction.Active } },
        _ => throw new ArgumentOutOfRangeException(nameof(reaction), reaction.Kind, null),
    };
}
