using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles.Names;

namespace ServerlessSocial.Profiles;

/// <summary>What profiles still need: moderation of what their owners want to be seen, and then what follows from decisions to be put on record.</summary>
public sealed class ProfilePipeline : IPipeline<ProfileDocument>
{
    /// <summary>Queue of the worker that moderates.</summary>
    public const string ModerationQueue = "profile-moderation";

    /// <summary>Queue of the worker that writes the statement of a decision, tells the owner, keeps the moderators' case and the names that are kept from others.</summary>
    public const string RecordQueue = "profile-records";

    private ProfilePipeline()
    {
    }

    /// <summary>Declares the moderation queue: a model may take a while.</summary>
    public static QueueDefinition Moderation { get; } = new(ModerationQueue) { LockDuration = TimeSpan.FromMinutes(2) };

    /// <summary>Declares the queue of decisions to be recorded.</summary>
    public static QueueDefinition Record { get; } = new(RecordQueue);

    /// <summary>Every queue of the pipeline.</summary>
    public static IReadOnlyList<string> Queues { get; } = [ModerationQueue, RecordQueue];

    /// <inheritdoc/>
    public static IReadOnlyList<string> Next(ProfileDocument document)
    {
        var records = document.NeedsRecord() || !KnownNames.KeysOf(document).SequenceEqual(document.KnownAs);
        return (document.Moderation.Status, records) switch
        {
            (ModerationStatus.Pending, true) => Queues,
            (ModerationStatus.Pending, false) => [ModerationQueue],
            (_, true) => [RecordQueue],
            _ => [],
        };
    }
}
