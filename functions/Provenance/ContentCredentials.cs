using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Provenance.Manifests;

namespace ServerlessSocial.Provenance;

/// <summary>Signs what is made here, as Content Credentials (C2PA).</summary>
public sealed class ContentCredentials(ISigningKeys keys)
{
    /// <summary>A picture that a model made, with a manifest that says so. Its thumbnails carry the mark in XMP alone.</summary>
    /// <param name="picture">The picture as it is kept.</param>
    /// <param name="model">Name of the model that made it.</param>
    /// <param name="madeAt">When it was asked for.</param>
    /// <param name="cancellationToken">Stops looking for the key.</param>
    public async ValueTask<ProcessedPicture> SignAsync(ProcessedPicture picture, string model, DateTimeOffset madeAt, CancellationToken cancellationToken)
    {
        var key = await keys.GetAsync(cancellationToken);
        var claim = new CreatedClaim($"urn:c2pa:{Guid.NewGuid()}", SigningKeys.Name, model, madeAt);
        return picture with { Content = ManifestWriter.Sign(PictureFormats.Of(picture.Content), picture.Content, claim, key) };
    }
}
