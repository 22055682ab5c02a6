using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>Decides whether what the owner of a profile wants to be seen may be seen; until then what was approved before stands.</summary>
public sealed class ModerateProfile(IDocumentStore documents, Worker worker, TextCheck texts, TimeProvider time)
{
    /// <summary>Name of the queue's decider where a picture decides.</summary>
    private const string Pictures = "pictures";

    /// <summary>Classifies what the profile would say, sees what was decided on its pictures, and writes the decision. A classifier that fails decides nothing: the message comes again.</summary>
    [Function(nameof(ModerateProfile))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(ProfilePipeline.ModerationQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<ProfilePipeline, ProfileDocument>(
            ProfilePipeline.ModerationQueue, message, profile => ModerateAsync(profile, cancellationToken), cancellationToken);

    private async Task ModerateAsync(ProfileDocument profile, CancellationToken cancellationToken)
    {
        var ofPictures = await OfPicturesAsync(profile, cancellationToken);
        var ofText = await texts.DecideAsync(profile.Id, ModeratedText.Of(profile), language: null, mayWarn: false, cancellationToken);
        var (decision, by) = ofPictures is not null && ofPictures.Status > ofText.Status ? (ofPictures, Pictures) : (ofText, texts.By);
        await worker.FinishAsync(profile.Under(ModeratedRules.Automatic(decision, by, time.GetUtcNow())), cancellationToken);
        ModerationTelemetry.Decided(decision.Status, DecidedBy.Automatic);
    }

    /// <summary>What its pictures decide; null where they speak for nothing.</summary>
    /// <exception cref="StaleReadException">One is not examined yet: the message comes again.</exception>
    private async Task<ModerationDecision?> OfPicturesAsync(ProfileDocument profile, CancellationToken cancellationToken)
    {
        var ids = profile.Newest.MediaIds();
        if (ids.Count == 0)
        {
            return null;
        }

        var loaded = await documents.ReadManyAsync([.. ids.Select(id => DocumentKey.Of<MediaDocument>(profile.Id, id))], cancellationToken);
        var pictures = ids.Select(id => loaded.Get<MediaDocument>(profile.Id, id)).OfType<MediaDocument>().ToList();
        return pictures.Find(media => media.Moderation.Status == ModerationStatus.Pending) is { } waiting
            ? throw new StaleReadException(MediaPipeline.ModerationQueue, waiting.Revision + 1, waiting.Revision)
            : pictures.Select(media => media.Moderation.Status).DefaultIfEmpty(ModerationStatus.Approved).Max() switch
            {
                ModerationStatus.Approved => null,
                ModerationStatus.Removed => new(ModerationStatus.Removed, "Not shown: a picture of it was removed: the decision on the picture says why. Choose another one, or appeal.", []),
                _ => new(ModerationStatus.Held, "Held until a person has looked at a picture of it.", []),
            };
    }
}
