namespace ServerlessSocial.Platform.Ai;

/// <summary>Draws pictures from descriptions.</summary>
public interface IImageModel
{
    /// <summary>Name and version of the model, as recorded with each picture it makes.</summary>
    string Name { get; }

    /// <summary>Draws one picture.</summary>
    /// <param name="request">What to draw.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The picture, or why the model would not draw it. Outages, throttling and bugs are exceptions: the call may be repeated.</returns>
    Task<GeneratedImage> GenerateAsync(ImageRequest request, CancellationToken cancellationToken);
}

/// <summary>What to draw.</summary>
/// <param name="Prompt">The description, as its author wrote it.</param>
/// <param name="Style"><c>photo</c>, <c>watercolor</c>, <c>pixel</c> or <c>line</c>; null leaves it to the model.</param>
/// <param name="Width">Width in pixels: 1,024 or 1,536.</param>
/// <param name="Height">Height in pixels: 1,024 or 1,536.</param>
public sealed record ImageRequest(string Prompt, string? Style, int Width, int Height);

/// <summary>What became of a request for a picture: <see cref="ImageMade"/> or <see cref="ImageRefused"/>.</summary>
public abstract record GeneratedImage;

/// <summary>The model drew the picture.</summary>
/// <param name="Content">The file, with the marks that say a model made it.</param>
/// <param name="ContentType">Media type the model claims; what counts is the content.</param>
public sealed record ImageMade(ReadOnlyMemory<byte> Content, string ContentType) : GeneratedImage;

/// <summary>The model would not draw it, and would not if asked again.</summary>
/// <param name="Reason">Why, in a sentence for the person who asked.</param>
public sealed record ImageRefused(string Reason) : GeneratedImage;
