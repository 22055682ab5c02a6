using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Hosts;

/// <summary>Says once, when a host starts, which features it has no model for and what happens instead.</summary>
internal sealed partial class MissingModels(IServiceProviderIsService services, ILogger<MissingModels> log) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!services.IsService(typeof(ITextClassifier)))
        {
            Unchecked(log);
        }

        if (!services.IsService(typeof(IImageClassifier)))
        {
            Unseen(log);
        }

        if (!services.IsService(typeof(IImageModel)))
        {
            Undrawn(log);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "No chat model is configured (OpenAI:ChatModel): every post and every profile is held for a person, and no image is made.")]
    private static partial void Unchecked(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No model that sees is configured (OpenAI:VisionModel): nothing looks at pictures, and those of new accounts are not spread.")]
    private static partial void Unseen(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No image model is configured (OpenAI:ImageModel): POST /api/images answers 503.")]
    private static partial void Undrawn(ILogger log);
}
