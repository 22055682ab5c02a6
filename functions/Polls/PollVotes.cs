using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Polls;

/// <summary>Where votes are counted: a partition for each poll, with a mark for each voter and answer, so that each vote counts once.</summary>
public static class PollVotes
{
    /// <summary>Counter of those who voted.</summary>
    public const string Voters = "voters";

    /// <summary>What the marks of voters begin with.</summary>
    public const string VoterMarks = Voters + ":";

    /// <summary>What the votes about a post count towards.</summary>
    public static string SubjectOf(string postId) => $"poll:{postId}";

    /// <summary>The counters of a poll.</summary>
    public static DocumentKey CountersOf(string postId) => DocumentKey.Of<StatsDocument>(SubjectOf(postId), StatsDocument.CountersId);

    /// <summary>What somebody chose in a poll.</summary>
    public static DocumentKey VoteOf(string actorId, string postId) => DocumentKey.Of<VoteDocument>(actorId, VoteDocument.IdOf(postId));
}
