namespace ServerlessSocial.Tests.Feeds;

/// <summary>What somebody may do, as far as a feed is concerned.</summary>
internal enum FeedAct
{
    Post, PostHeld, Approve, Delete, Boost, Unboost, Follow, Unfollow, Mute, Unmute, Block, Unblock, HideBoosts, ShowBoosts,
}

/// <summary>A step of a history.</summary>
/// <param name="Act">What is done.</param>
/// <param name="Who">By whom, 1 and up; the reader is 0, and does what concerns others.</param>
/// <param name="Post">Which post, of those there are, by its number.</param>
internal sealed record FeedStep(FeedAct Act, int Who, int Post);

/// <summary>
/// The reference: what a feed holds follows from the present alone. A post stands once: where its author brings it, if the reader follows them or is them; else where the first
/// boost brings it of those whom the reader follows.
/// </summary>
internal sealed class FeedModel
{
    public sealed class PostState(int author, string name, long at)
    {
        public int Author => author;

        public string Name => name;

        public bool Visible { get; set; }

        public bool Deleted { get; set; }

        public long Place { get; set; } = at;

        public Dictionary<int, long> Boosts { get; } = [];
    }

    private long clock;

    public List<PostState> Posts { get; } = [];

    public HashSet<int> Followed { get; } = [];

    public HashSet<int> Muted { get; } = [];

    public HashSet<int> Blocked { get; } = [];

    public HashSet<int> WithoutBoosts { get; } = [];

    /// <summary>Carries out a step; false if it makes no sense at present.</summary>
    public bool Do(FeedStep step)
    {
        clock++;
        var post = Posts.Count == 0 ? null : Posts[step.Post % Posts.Count];
        switch (step.Act)
        {
            case FeedAct.Post or FeedAct.PostHeld:
                Posts.Add(new(step.Who, $"{step.Act} {Posts.Count} of {step.Who}", clock) { Visible = step.Act == FeedAct.Post });
                return true;
            case FeedAct.Approve when post is { Visible: false, Deleted: false }:
                (post.Visible, post.Place) = (true, clock);
                return true;
            case FeedAct.Delete when post is { Deleted: false }:
                post.Deleted = true;
                return true;
            case FeedAct.Boost when post is { Visible: true, Deleted: false } && step.Who != 0 && step.Who != post.Author:
                return post.Boosts.TryAdd(step.Who, clock);
            case FeedAct.Unboost when post is not null:
                return post.Boosts.Remove(step.Who);
            case FeedAct.Follow when step.Who != 0 && !Blocked.Contains(step.Who):
                return Followed.Add(step.Who);
            case FeedAct.Unfollow:
                return Followed.Remove(step.Who);
            case FeedAct.Mute when step.Who != 0:
                return Muted.Add(step.Who);
            case FeedAct.Unmute:
                return Muted.Remove(step.Who);
            case FeedAct.Block when step.Who != 0:
                Followed.Remove(step.Who);
                return Blocked.Add(step.Who);
            case FeedAct.Unblock:
                return Blocked.Remove(step.Who);
            case FeedAct.HideBoosts when Followed.Contains(step.Who):
                return WithoutBoosts.Add(step.Who);
            case FeedAct.ShowBoosts when Followed.Contains(step.Who):
                return WithoutBoosts.Remove(step.Who);
            default:
                return false;
        }
    }

    /// <summary>The feed, newest first: the post, the kind of reason, and who brought it.</summary>
    public IReadOnlyList<string> Feed() =>
    [
        .. Posts.Where(post => post is { Visible: true, Deleted: false } && !Muted.Contains(post.Author) && !Blocked.Contains(post.Author))
            .Select(post => (post, place: PlaceOf(post)))
            .Where(shown => shown.place is not null)
            .OrderByDescending(shown => shown.place!.Value.At)
            .Select(shown => $"{shown.post.Name}: {shown.place!.Value.Why}"),
    ];

    private (long At, string Why)? PlaceOf(PostState post)
    {
        if (post.Author == 0)
        {
            return (post.Place, "own");
        }

        if (Followed.Contains(post.Author))
        {
            return (post.Place, "followed");
        }

        var boosts = post.Boosts.Where(boost => Followed.Contains(boost.Key) && !Muted.Contains(boost.Key) && !Blocked.Contains(boost.Key) && !WithoutBoosts.Contains(boost.Key))
            .OrderBy(boost => boost.Value).ToList();
        return boosts.Count == 0 ? null : (boosts[0].Value, "boosted by " + string.Join(", ", boosts.Take(3).Select(boost => boost.Key)));
    }
}
