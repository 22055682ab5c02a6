using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Tests.Media.Formats;

namespace ServerlessSocial.Tests.Images;

/// <summary>An image model that answers as a test tells it.</summary>
internal sealed class ScriptedModel(Func<int, ImageRequest, Task<GeneratedImage>> answer) : IImageModel
{
    private int calls;

    public string Name => "scripted";

    /// <summary>How often it was asked.</summary>
    public int Calls => calls;

    public static GeneratedImage Picture => new ImageMade(SampleImages.Png, "image/png");

    public Task<GeneratedImage> GenerateAsync(ImageRequest request, CancellationToken cancellationToken) => answer(Interlocked.Increment(ref calls), request);

    /// <summary>Makes a host use it.</summary>
    public void Register(WebApplicationBuilder builder) => builder.Services.AddSingleton<IImageModel>(this);
}
