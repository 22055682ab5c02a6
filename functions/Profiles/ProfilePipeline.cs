using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles.Names;

namespace ServerlessSocial.Profiles;

/// <summary>What profiles still need: moderation of what their owners want to be seen, what follows from decisions to be put on record, and to be found by what they say now.</summary>
public sealed class ProfilePipeline : IPipeline<ProfileDocument>
{
    /// <summary>Queue of the worker that moderates.</summary>
    public const string ModerationQueue = "profile-moderation";

    /// <summary>Queue of the worker that writes the statement of a decision, tells the owner, keeps the moderators' case and the names that are kept from others.</summary>
    public const string RecordQueue = "profile-records";

    /// <summary>Queue of the worker that keeps what the profile and its posts are found by.</summary>
    public const string IndexQueue = "profile-index";

    private ProfilePipeline()
    {
    }

    /// <summary>Declares the moderation queue: a model may take a while.</summary>
    public static QueueDefinition Moderation { get; } = new(ModerationQueue) { LockDuration = TimeSpan.FromMinutes(2) };

    /// <summary>Declares the queue of decisions to be recorded.</summary>
    public static QueueDefinition Record { get; } = new(RecordQueue);

    /// <summary>Declares the queue of what has to be found otherwise.</summary>
    public static QueueDefinition Index { get; } = new(IndexQueue);

    /// <summary>Every queue of the pipeline.</summary>
    public static IReadOnlyList<string> Queues { get; } = [ModerationQueue, RecordQueue, IndexQueue];

    /// <inheritdoc/>
    public static IReadOnlyList<string> Next(ProfileDocument document)
    {
        var due = new List<string>(Queues.Count);
        if (document.Moderation.Status == ModerationStatus.Pending)
        {
            due.Add(ModerationQueue);
        }

        if (document.NeedsRecord() || !KnownNames.KeysOf(document).SequenceEqual(document.KnownAs))
        {
            due.Add(RecordQueue);
        }

        if (document.FindableAs != document.FoundAs || document.HasPostsToIndex)
        {
            due.Add(IndexQueue);
        }

        return due;
    }
}
