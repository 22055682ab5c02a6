using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Provenance.Manifests;

namespace ServerlessSocial.Provenance;

/// <summary>Signs what is made here, and reads what files carry, as Content Credentials (C2PA).</summary>
public sealed class ContentCredentials(SigningKeys keys)
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

    /// <summary>The manifest store in a file, and what it says; null if there is none that can be read.</summary>
    /// <param name="file">A JPEG, PNG, WebP or AVIF; anything else holds none.</param>
    /// <param name="cancellationToken">Stops looking for the key.</param>
    public async ValueTask<FoundManifest?> FindAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        if (EmbeddedManifest.Find(file) is not { } embedded || ManifestReader.Read(embedded.Store) is not { } claims)
        {
            return null;
        }

        var key = await keys.GetAsync(cancellationToken);
        var state = !ManifestReader.NamesSigner(embedded.Store, key) ? ManifestState.Unverified
            : ManifestReader.IsIntact(file, embedded, key) ? ManifestState.Intact
            : ManifestState.Altered;
        return new(embedded.Store, new(state, claims.Generator, claims.SignedBy, claims.SourceTypes, claims.Actions));
    }
}

/// <summary>A manifest that a file holds.</summary>
/// <param name="Store">The store, as it is.</param>
/// <param name="Manifest">What it says.</param>
public sealed record FoundManifest(ReadOnlyMemory<byte> Store, FileManifest Manifest)
{
    /// <summary>What others than whoever has the file are told of it.</summary>
    public PictureCredentials Credentials => new(Manifest.SourceTypes, Manifest.Actions, Manifest.State == ManifestState.Intact);
}
