namespace ServerlessSocial.Media.Formats;

/// <summary>
/// One file format. A single walk both checks a file and says what to keep of it, so that inspecting and cleaning
/// cannot disagree about where a file's parts begin and end.
/// </summary>
internal interface IImageFormat
{
    /// <summary>Media type of the format.</summary>
    string ContentType { get; }

    /// <summary>Usual file extension, with its dot.</summary>
    string Extension { get; }

    /// <summary>Whether the content starts like this format. Says nothing about the rest.</summary>
    bool Recognises(ReadOnlySpan<byte> content);

    /// <summary>
    /// Walks the whole file. Returns the size as shown, or null when the file is not well-formed or too large to
    /// decode safely; never throws for what the content holds. Writes the file without its metadata to
    /// <paramref name="kept"/> when one is given; what was written is worthless when the answer is null.
    /// </summary>
    ImageSize? Walk(ReadOnlySpan<byte> content, MemoryStream? kept);
}
