using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>
/// Stands in for an image model on a developer's machine where none is configured: draws a picture that depends on the prompt and says that it is a
/// sample. The same request gives the same picture.
/// </summary>
internal sealed class SampleImageModel : IImageModel
{
    /// <inheritdoc/>
    public string Name => "sample-image-1";

    /// <inheritdoc/>
    public Task<GeneratedImage> GenerateAsync(ImageRequest request, CancellationToken cancellationToken) => ModelTelemetry.RunAsync(
        "image",
        Name,
        () => Task.Run<GeneratedImage>(
            () => new ImageMade(SampleDrawing.Draw(request.Prompt, request.Style, request.Width, request.Height), "image/png"), cancellationToken));
}
