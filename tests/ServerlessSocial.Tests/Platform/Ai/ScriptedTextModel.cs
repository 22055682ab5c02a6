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
    public static TextAnswer Harmless { get; } = new TextWritten("""{"harassment":0,"hate":0,"violence":0,"sexual":0,"selfHarm":0,"spam":0,"illegalGoods":0,"sexualMinors":0,"nudity":0,"gore":0,"extremistSymbols":0}""");

    public Task<TextAnswer> CompleteAsync(TextRequest request, CancellationToken cancellationToken)
    {
        var given = answer(Interlocked.Increment(ref calls), request);
        ModelTelemetry.Used(Name, TokensPerCall - 100, 100, default);
        return Task.FromResult(given);
    }

    /// <summary>Makes a host use it, but for what people are called who sign up.</summary>
    public void Register(WebApplicationBuilder builder) => builder.Services.AddSingleton<ITextClassifier>(new AllButNames(new ModelTextClassifier(this)));

    /// <summary>Finds nothing wrong with a new profile of <see cref="TestHost.SignUpAsync"/>, and asks nobody.</summary>
    private sealed class AllButNames(ITextClassifier classifier) : ITextClassifier
    {
        public string Name => classifier.Name;

        public bool IsMetered => classifier.IsMetered;

        public async Task<IReadOnlyList<HarmScore>> ClassifyAsync(string text, string? language, CancellationToken cancellationToken) =>
            text.EndsWith(" of the tests", StringComparison.Ordinal) ? [] : await classifier.ClassifyAsync(text, language, cancellationToken);
    }
}
