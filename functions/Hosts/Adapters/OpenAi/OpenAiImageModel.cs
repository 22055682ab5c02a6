using OpenAI.Images;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Hosts.Adapters.OpenAi;

/// <summary>The image port over image generations. The picture must come in the answer itself; addresses to fetch it from are not followed.</summary>
internal sealed class OpenAiImageModel(ImageClient client, string model, double price) : IImageModel
{
    /// <inheritdoc/>
    public string Name => model;

    /// <inheritdoc/>
    public Task<Platform.Ai.GeneratedImage> GenerateAsync(ImageRequest request, CancellationToken cancellationToken) => ModelCalls.RunAsync<Platform.Ai.GeneratedImage>(
        "image",
        model,
        async () =>
        {
            OpenAI.Images.GeneratedImage image = await client.GenerateImageAsync(
                PromptOf(request), new ImageGenerationOptions { Size = new GeneratedImageSize(request.Width, request.Height) }, cancellationToken);
            ModelTelemetry.Spent(model, price);
            return image.ImageBytes is { } bytes
                ? new ImageMade(bytes.ToMemory(), "image/png")
                : throw new InvalidOperationException($"The image model {model} answered with an address instead of a picture.");
        },
        (_, why) => new ImageRefused(why == RefusalKind.TooLong
            ? "The description is longer than the image model reads. Please shorten it."
            : "The image model would not draw this. Please describe something else."),
        cancellationToken);

    private static string PromptOf(ImageRequest request) => request.Style switch
    {
        "photo" => $"A photograph. {request.Prompt}",
        "watercolor" => $"A watercolour painting. {request.Prompt}",
        "pixel" => $"Pixel art. {request.Prompt}",
        "line" => $"A line drawing, black on white. {request.Prompt}",
        _ => request.Prompt,
    };
}
