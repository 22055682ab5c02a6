using System.Globalization;
using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Polls;

/// <summary>What somebody chose in a poll; nobody else learns of it. It is given once and does not change, but with its account it is taken back.</summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(EraseVotes))]
public sealed record VoteDocument : PipelineDocument, IDocument<VoteDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("votes", "/actorId") { ChangeFeed = true };

    /// <summary>Profile that voted.</summary>
    public required string ActorId { get; init; }

    /// <summary>The post with the poll.</summary>
    public required string PostId { get; init; }

    /// <summary>Which answers, counted from 0, ascending.</summary>
    public required IReadOnlyList<int> Choices { get; init; }

    /// <summary>Whether it stands.</summary>
    public required bool Active { get; init; }

    /// <summary>Whether the counters show it as <see cref="Active"/>.</summary>
    public bool Counted { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => ActorId;

    /// <summary>Id of the vote about a post: one for each voter.</summary>
    public static string IdOf(string postId) => $"vote:{postId}";

    /// <summary>What it counts for: one who voted, and one for each answer chosen, apart from the post's own counters.</summary>
    public IReadOnlyList<Tally> Tallies() =>
        [.. Choices.Select(CounterOf).Prepend(PollVotes.Voters).Select(counter => new Tally(PollVotes.SubjectOf(PostId), counter, ActorId, Active, Revision))];

    /// <summary>Counter of an answer.</summary>
    public static string CounterOf(int choice) => "choice" + choice.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What votes still need: to be counted, or not to be any more.</summary>
public sealed class VotePipeline : IPipeline<VoteDocument>
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "votes";

    private VotePipeline()
    {
    }

    /// <summary>Declares the queue.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Every queue of the pipeline.</summary>
    public static IReadOnlyList<string> Queues { get; } = [Queue];

    /// <inheritdoc/>
    public static IReadOnlyList<string> Next(VoteDocument document) => document.Active != document.Counted ? Queues : [];
}
