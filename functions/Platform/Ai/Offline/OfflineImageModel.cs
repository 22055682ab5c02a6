namespace ServerlessSocial.Platform.Ai.Offline;

/// <summary>Stands in for an image model where none is configured: paints a sample picture that depends on the prompt and says that it is a sample.</summary>
public sealed class OfflineImageModel : IImageModel
{
    /// <inheritdoc/>
    public string Name => "offline-sample";

    /// <inheritdoc/>
    public Task<GeneratedImage> GenerateAsync(ImageRequest request, CancellationToken cancellationToken) => ModelTelemetry.RunAsync(
        "image",
        Name,
        () => Task.Run<GeneratedImage>(
            () => new ImageMade(SamplePainter.Paint(request.Prompt, request.Style, request.Width, request.Height), "image/png"), cancellationToken));
}
