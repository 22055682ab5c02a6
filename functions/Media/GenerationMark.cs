namespace ServerlessSocial.Media;

/// <summary>
/// Recognises files that say of themselves that a model made them, so that a generated picture stays labelled when somebody saves it and
/// uploads it again. Removing metadata takes the mark out of the file; the document keeps what it said.
/// </summary>
public static class GenerationMark
{
    /// <summary>Stands for the model's name when a file says that a model made it and not which.</summary>
    public const string UnknownModel = "unknown";

    /// <summary>
    /// Whether a file carries the IPTC digital source type <c>trainedAlgorithmicMedia</c> (IPTC NewsCodes), as XMP or in C2PA assertions,
    /// which both store it as plain text. Edited photographs (<c>compositeWithTrainedAlgorithmicMedia</c>) do not count.
    /// </summary>
    public static bool IsIn(ReadOnlySpan<byte> file) => file.IndexOf("digitalsourcetype/trainedAlgorithmicMedia"u8) >= 0;
}
