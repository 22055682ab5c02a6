namespace ServerlessSocial.Provenance;

/// <summary>
/// What Content Credentials (C2PA) say that came with a picture, in words that vocabularies have for it: free texts of strangers would be shown to others
/// without anybody having looked at them, and may name whoever the picture was to be uploaded without.
/// </summary>
/// <param name="SourceTypes">How the picture, or what it was made of, came to be; each once. Empty where it does not say.</param>
/// <param name="Actions">What was done, such as <c>c2pa.created</c>, in order, each once.</param>
/// <param name="Verified">Whether this service wrote it, and the file came unchanged. What others signed is not verified: false.</param>
public sealed record PictureCredentials(IReadOnlyList<DigitalSourceType> SourceTypes, IReadOnlyList<string> Actions, bool Verified);
