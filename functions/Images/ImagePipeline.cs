using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Images;

/// <summary>What image jobs still need: to be made, until they are done, refused or failed.</summary>
public sealed class ImagePipeline : IPipeline<ImageJobDocument>
{
    /// <summary>Queue of the worker that makes pictures.</summary>
    public const string GenerationQueue = "image-generation";

    private ImagePipeline()
    {
    }

    /// <summary>Declares the queue: a picture takes up to minutes.</summary>
    public static QueueDefinition Generation { get; } = new(GenerationQueue) { LockDuration = TimeSpan.FromMinutes(5) };

    /// <summary>Every queue of the pipeline.</summary>
    public static IReadOnlyList<string> Queues { get; } = [GenerationQueue];

    /// <inheritdoc/>
    public static IReadOnlyList<string> Next(ImageJobDocument document) => document.State == ImageJobState.Queued ? Queues : [];
}
