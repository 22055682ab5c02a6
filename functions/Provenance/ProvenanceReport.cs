using ServerlessSocial.Platform;

namespace ServerlessSocial.Provenance;

/// <summary>By what a picture was recognised as made here.</summary>
public enum ProvenanceMatch
{
    /// <summary>It is a file that was made here, byte for byte.</summary>
    File,

    /// <summary>It carries a manifest that this service signed, and is as it was signed.</summary>
    Manifest,

    /// <summary>Another file of the same pixels.</summary>
    Pixels,

    /// <summary>It looks like it: saved again, scaled, mirrored or changed a little. This is an estimate, by two perceptual hashes.</summary>
    Likeness,
}

/// <summary>What becomes of a manifest when it is checked.</summary>
public enum ManifestState
{
    /// <summary>This service signed it, and neither it nor the file has changed since.</summary>
    Intact,

    /// <summary>It names this service as its signer, and it or the file has been changed.</summary>
    Altered,

    /// <summary>Somebody else signed it, and nobody here has checked that.</summary>
    [StandsForUnknown]
    Unverified,
}

/// <summary>What a file's Content Credentials (C2PA) say.</summary>
/// <param name="State">Whether it can be believed.</param>
/// <param name="Generator">Program that made the last claim, in its own words.</param>
/// <param name="SignedBy">Organisation that the certificate names, which nobody has checked unless the state is <c>intact</c>.</param>
/// <param name="SourceTypes">How the picture, or what it was made of, came to be; each once.</param>
/// <param name="Actions">What was done, such as <c>c2pa.created</c>, in order, each once.</param>
public sealed record FileManifest(ManifestState State, string? Generator, string? SignedBy, IReadOnlyList<DigitalSourceType> SourceTypes, IReadOnlyList<string> Actions);

/// <summary>What is known of a picture's origin.</summary>
/// <param name="Sha256">SHA-256 of the file, 64 hexadecimal digits.</param>
/// <param name="MadeHere">Whether a model made it on this service. False says no more than that it is not recognised.</param>
/// <param name="Match">By what it was recognised; left out where it was not.</param>
/// <param name="Model">Name of the model that made it; left out where it was not recognised.</param>
/// <param name="Marked">Whether the file itself says that a model made it; left out where there is no file.</param>
/// <param name="Manifest">What its Content Credentials say; left out where it has none, or there is no file.</param>
public sealed record ProvenanceReport(string Sha256, bool MadeHere, ProvenanceMatch? Match = null, string? Model = null, bool? Marked = null, FileManifest? Manifest = null);
