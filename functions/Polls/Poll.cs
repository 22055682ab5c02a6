using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Polls;

/// <summary>A poll, as part of a post.</summary>
/// <param name="Options">The answers.</param>
/// <param name="Multiple">Whether one may choose several.</param>
/// <param name="Voters">How many voted; left out until the caller may know.</param>
/// <param name="ClosesAt">When it closes; until others can see the post, when it would if they could from now on.</param>
/// <param name="Closed">Whether it is closed.</param>
/// <param name="Viewer">What the caller chose; left out when nobody is signed in.</param>
[Example("""{ "options": [{ "text": "Sea", "votes": 12 }, { "text": "Mountains", "votes": 9 }], "multiple": false, "voters": 21, "closesAt": "2026-11-23T10:15:00.000Z", "closed": false, "viewer": { "voted": true, "choices": [0], "canVote": false } }""")]
public sealed record Poll(IReadOnlyList<PollOption> Options, bool Multiple, long? Voters, DateTimeOffset ClosesAt, bool Closed, PollViewer? Viewer)
{
    /// <summary>
    /// The poll of a post as a viewer sees it: results are for those who voted, for its author, and for all once it is closed, so that nobody votes with the many. Pure.
    /// </summary>
    /// <param name="post">A post; the result is null if it has no poll.</param>
    /// <param name="loaded">Its counters and the viewer's vote, if there are any.</param>
    /// <param name="viewerId">Who looks; null for nobody in particular.</param>
    /// <param name="now">The present.</param>
    public static Poll? Of(PostDocument post, DocumentSet loaded, string? viewerId, DateTimeOffset now)
    {
        if (post.Poll is not { } terms)
        {
            return null;
        }

        var vote = viewerId is null ? null : loaded.Get<VoteDocument>(viewerId, VoteDocument.IdOf(post.Id)) is { Active: true } found ? found : null;
        var stats = loaded.Get<StatsDocument>(PollVotes.SubjectOf(post.Id), StatsDocument.CountersId);
        var closed = post.PollClosesAt <= now;
        var shown = closed || vote is not null || viewerId == post.AuthorId;
        return new(
            [.. terms.Options.Select((text, i) => new PollOption(text, shown ? stats?[VoteDocument.CounterOf(i)] ?? 0 : null))],
            terms.Multiple,
            shown ? stats?[PollVotes.Voters] ?? 0 : null,
            post.PollClosesAt!.Value,
            closed,
            viewerId is null ? null : new(vote is not null, vote?.Choices ?? [], vote is null && !closed && viewerId != post.AuthorId));
    }
}

/// <summary>An answer of a poll.</summary>
/// <param name="Text">The answer.</param>
/// <param name="Votes">How many chose it; left out until the caller may know: after voting, or when it is closed.</param>
public sealed record PollOption(string Text, long? Votes);

/// <summary>What the caller has to do with a poll.</summary>
/// <param name="Voted">Has voted.</param>
/// <param name="Choices">What for, counted from 0.</param>
/// <param name="CanVote">May vote.</param>
public sealed record PollViewer(bool Voted, IReadOnlyList<int> Choices, bool CanVote);
