using ServerlessSocial.Media;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Blobs;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Provenance;

namespace ServerlessSocial.Images;

/// <summary>Has a picture drawn and puts it where pictures are kept. Whatever an earlier try left behind is used, not drawn again.</summary>
public sealed class ImageStudio(IDocumentStore documents, IMediaStore store, PictureProcessor pictures, ContentCredentials credentials, GeneratedPictures generated, ModelLedger ledger, IImageModel? model = null)
{
    /// <summary>Makes the picture of a job.</summary>
    /// <returns>Null when the picture is there, or why the model would not draw it.</returns>
    /// <exception cref="InvalidOperationException">The model was taken away after the job had been accepted.</exception>
    /// <exception cref="InvalidDataException">The model answered with something that is no picture.</exception>
    public async Task<string?> MakeAsync(ImageJobDocument job, CancellationToken cancellationToken)
    {
        if (await HasMadeAsync(job, cancellationToken))
        {
            return null;
        }

        if (model is null)
        {
            throw new InvalidOperationException("No model that draws is configured.");
        }

        var name = MediaDocument.BlobNameOf(job.Id, job.OwnerId);
        var stored = await ReadAsync(name, cancellationToken);
        var content = stored;
        if (stored.IsEmpty)
        {
            var wanted = new ImageRequest(job.Prompt, job.Style?.ToString().ToLowerInvariant(), job.Width, job.Height);
            var answer = await ledger.CallAsync(new("image", model.Name, null), () => model.GenerateAsync(wanted, cancellationToken));
            if (answer is ImageRefused refused)
            {
                return refused.Reason;
            }

            content = ((ImageMade)answer).Content;
        }

        var picture = (await pictures.ProcessAsync(content, generated: true, cancellationToken)).Value
            ?? throw new InvalidDataException($"The model {model.Name} answered job {job.Id} with something that is no picture.");
        picture = stored.IsEmpty ? await credentials.SignAsync(picture, model.Name, job.CreatedAt, cancellationToken) : picture with { Content = stored.ToArray() };
        await store.WriteAsync(name, picture, cancellationToken);

        // Before anybody can fetch it.
        await generated.NoteAsync(job.Id, picture, model.Name, cancellationToken);
        var media = MediaDocument.Of(job.Id, job.OwnerId, picture) with { Alt = job.Alt, GeneratedBy = model.Name, ImageJobId = job.Id, CreatedAt = job.CreatedAt };
        (await documents.CreateAsync(media, cancellationToken)).NotThrottled();
        return null;
    }

    /// <summary>Whether the picture of a job is there.</summary>
    public async Task<bool> HasMadeAsync(ImageJobDocument job, CancellationToken cancellationToken) =>
        await documents.FindAsync<MediaDocument>(job.OwnerId, job.MediaId, cancellationToken) is not null;

    private async Task<ReadOnlyMemory<byte>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var blob = await store.OpenAsync(name, cancellationToken);
        if (blob is null)
        {
            return default;
        }

        using var buffer = new MemoryStream((int)blob.Length);
        await blob.Content.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }
}
