using System.Text.Json.Serialization;
using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Drafts.Scheduling;

/// <summary>How far a scheduled post is.</summary>
public enum ScheduledPostStatus
{
    /// <summary>Its time has not come.</summary>
    Waiting,

    /// <summary>Its time has come, and it is being written.</summary>
    Publishing,

    /// <summary>It is written; what is left here goes soon.</summary>
    Published,

    /// <summary>It could not be written; see its reason.</summary>
    [StandsForUnknown]
    Failed,
}

/// <summary>
/// A post that is to be written at a time. Under which id was decided when the time was, so that it is written once, however often a worker begins. Nobody but its
/// owner sees it; moderation looks at the post once it is written, as at any other.
/// </summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(EraseScheduledPosts))]
public sealed record ScheduledPostDocument : PipelineDocument, IDocument<ScheduledPostDocument>
{
    /// <summary>How long one that is published stays, so that whoever repeats its request learns of it.</summary>
    private const int PublishedSeconds = 24 * 60 * 60;

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("scheduled-posts", "/ownerId") { ChangeFeed = true };

    /// <summary>Profile that will have written it.</summary>
    public required string OwnerId { get; init; }

    /// <summary>What it will hold.</summary>
    public required DraftContent Content { get; init; }

    /// <summary>When it is to be written, UTC.</summary>
    public required DateTimeOffset PublishAt { get; init; }

    /// <summary>Id of the post. It sorts by the time it is to be written at.</summary>
    public required string PostId { get; init; }

    /// <summary>How far it is.</summary>
    public ScheduledPostStatus Status { get; init; }

    /// <summary>Why it could not be written; null while it was not tried, or when it was.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>Written: what it held is in the post.</summary>
    public ScheduledPostDocument Published() => this with { Status = ScheduledPostStatus.Published, Content = DraftContent.Empty, Reason = null, Ttl = PublishedSeconds };

    /// <summary>Not written.</summary>
    public ScheduledPostDocument Failed(string reason) => this with { Status = ScheduledPostStatus.Failed, Reason = reason };

    /// <summary>To be written with some content at some time; the same one if that is what it is. Pure.</summary>
    public ScheduledPostDocument With(DraftContent content, DateTimeOffset publishAt, DateTimeOffset now) =>
        content.Equals(Content) && publishAt == PublishAt && Status == ScheduledPostStatus.Waiting ? this : this with
        {
            Content = content,
            PublishAt = publishAt,
            PostId = publishAt == PublishAt && Status == ScheduledPostStatus.Waiting ? PostId : OwnedIds.Make(Ids.New(publishAt), OwnerId),
            Status = ScheduledPostStatus.Waiting,
            Reason = null,
            WorkSince = now,
        };
}

/// <summary>What scheduled posts still need: to be written when their time has come.</summary>
public sealed class ScheduledPostPipeline : IPipeline<ScheduledPostDocument>
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "scheduled-posts";

    private ScheduledPostPipeline()
    {
    }

    /// <summary>Declares the queue: its messages lie in it until their time.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Every queue of the pipeline.</summary>
    public static IReadOnlyList<string> Queues { get; } = [Queue];

    /// <inheritdoc/>
    public static IReadOnlyList<string> Next(ScheduledPostDocument document) =>
        document.Status is ScheduledPostStatus.Waiting or ScheduledPostStatus.Publishing ? Queues : [];
}
