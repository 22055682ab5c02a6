using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Tests.Platform.Ai;

/// <summary>A text model that answers as a test tells it and takes 1,000 tokens a call, behind the product's own classifier.</summary>
internal sealed class ScriptedTextModel(Func<int, TextRequest, TextAnswer> answer) : ITextModel
{
    public const int TokensPerCall = 1_000;

    private int calls;

    public string Name => "scripted-text";

    /// <summary>How often it was asked.</summary>
    public int Calls => calls;

    /// <summary>Finds nothing wrong.</summary>
    public static TextAnswer Harmless { get; } = new TextWritten("""{"harassment":0,"hate":0,"violence":0,"sexual":0,"selfHarm":0,"spam":0,"illegalGoods":0}""");

    public Task<TextAnswer> CompleteAsync(TextRequest request, CancellationToken cancellationToken)
    {
        var given = answer(Interlocked.Increment(ref calls), request);
        ModelTelemetry.Used(Name, TokensPerCall - 100, 100, default);
        return Task.FromResult(given);
    }

    /// <summary>Makes a host use it.</summary>
    public void Register(WebApplicationBuilder builder) => builder.Services.AddSingleton<ITextClassifier>(new ModelTextClassifier(this));
}
