using Microsoft.Extensions.Options;
using ServerlessSocial.Media;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Moderation;

/// <summary>Looks at a picture once, uploaded or made by a model, before anything shows it to others.</summary>
public sealed class ModerateMedia(
    IOptions<ModerationOptions> options, Worker worker, IMediaStore store, RemovedPictures removed, ModelLedger ledger, TimeProvider time,
    IImageClassifier? classifier = null)
{
    /// <summary>What the record says of a picture where no model that sees is configured.</summary>
    public const string LookedAtNothing = "Not looked at: no model that sees pictures is set up here, and no person has looked at it.";

    /// <summary>What it says of one that was made here.</summary>
    public const string MadeHere = "Not looked at: no model that sees pictures is set up here. It was made here, from a description that was checked.";

    /// <summary>Why a picture is held that no model would look at.</summary>
    public const string WouldNotLook = "Our automatic check would not look at it; a person will.";

    /// <summary>Stands for the name of a classifier where a picture was recognised.</summary>
    public const string Recognition = "removed-pictures-1";

    /// <summary>Decides on the picture: by what was removed before, then by what a model sees. A model that fails decides nothing: the message comes again.</summary>
    [Function(nameof(ModerateMedia))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(MediaPipeline.ModerationQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<MediaPipeline, MediaDocument>(MediaPipeline.ModerationQueue, message, media => ModerateAsync(media, cancellationToken), cancellationToken);

    private async Task ModerateAsync(MediaDocument media, CancellationToken cancellationToken)
    {
        var likeness = await removed.FindAsync(media, cancellationToken);
        var (decision, by) = likeness != Likeness.None ? (Recognised(likeness), Recognition)
            : classifier is null ? (new(ModerationStatus.Approved, media.ImageJobId is null ? LookedAtNothing : MadeHere, []), null)
            : (await LookAsync(media, classifier, cancellationToken), classifier.Name);
        var moderation = ModeratedRules.Automatic(decision, by, time.GetUtcNow());
        await worker.FinishAsync(media with { Moderation = moderation, Unseen = by is null }, cancellationToken);
        ModerationTelemetry.Decided(decision.Status, DecidedBy.Automatic);
    }

    /// <summary>One call: of a still picture its largest thumbnail, of an animation a sheet of its frames.</summary>
    private async Task<ModerationDecision> LookAsync(MediaDocument media, IImageClassifier model, CancellationToken cancellationToken)
    {
        var thumbnail = media.Thumbnails is [.., var largest] ? largest : null;
        var (name, type) = media.HasSheet ? (MediaFiles.SheetName(media.BlobName), PictureThumbnail.ContentType)
            : thumbnail is null ? (media.BlobName, media.ContentType) : (MediaFiles.ThumbnailName(media.BlobName, thumbnail.Size), PictureThumbnail.ContentType);
        await using var blob = await store.OpenAsync(name, cancellationToken) ?? throw new InvalidOperationException($"The bytes of picture {media.Id} are gone.");
        using var buffer = new MemoryStream((int)blob.Length);
        await blob.Content.CopyToAsync(buffer, cancellationToken);
        var look = new ModelCall("picture-check", model.Name, model.PromptVersion);
        return await ledger.CallAsync(look, () => model.ClassifyAsync(buffer.ToArray(), type, cancellationToken)) is ImageExamined examined
            ? ModerationPolicy.Decide(examined.Scores, options.Value.PictureThresholds(), mayWarn: true)
            : new(ModerationStatus.Held, WouldNotLook, []);
    }

    /// <summary>The very picture stays removed; one that looks like it is for a person to see.</summary>
    private static ModerationDecision Recognised(Likeness likeness) => likeness == Likeness.Same
        ? new(ModerationStatus.Removed, "Removed, and you can appeal: it is a picture that was removed before.", [])
        : new(ModerationStatus.Held, "Held for a person to review: it looks like a picture that was removed before.", []);
}
