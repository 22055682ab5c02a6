using System.Diagnostics;
using System.Diagnostics.Metrics;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Platform.Ai;

/// <summary>What all models have in common to those who operate them: a span per call, and how many calls, tokens and dollars it took.</summary>
/// <remarks>Span attributes follow the OpenTelemetry conventions for generative AI, without the content of requests and answers.</remarks>
internal static class ModelTelemetry
{
    private static readonly Counter<long> Calls = ServiceTelemetry.Meter.CreateCounter<long>(
        "serverless_social.model.calls", "{call}", "Model calls by model, operation and outcome.");

    private static readonly Counter<long> Tokens = ServiceTelemetry.Meter.CreateCounter<long>(
        "serverless_social.model.tokens", "{token}", "Tokens by model and direction.");

    private static readonly Counter<double> Cost = ServiceTelemetry.Meter.CreateCounter<double>(
        "serverless_social.model.cost", "{USD}", "What calls cost by the configured prices, by model.");

    /// <summary>Makes a call under a span and counts what became of it.</summary>
    /// <param name="operation">What the model is asked for: <c>chat</c>, <c>image</c>, <c>embeddings</c> or <c>classify</c>.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="call">The call; what it throws is counted as failed.</param>
    public static async Task<T> RunAsync<T>(string operation, string model, Func<Task<T>> call)
    {
        using var activity = ServiceTelemetry.Activities.StartActivity($"{operation} {model}", ActivityKind.Client);
        activity?.SetTag("gen_ai.operation.name", operation);
        activity?.SetTag("gen_ai.request.model", model);
        if (ModelCall.Current is { } what)
        {
            activity?.SetTag("serverless_social.model.purpose", what.Purpose);
            activity?.SetTag("serverless_social.model.prompt_version", what.PromptVersion);
        }

        try
        {
            var result = await call();
            Count(result is TextRefused or ImageRefused or ImageNotExamined or EmbeddingRefused ? "refused" : "done");
            return result;
        }
        catch (Exception exception)
        {
            ServiceTelemetry.Fail(activity, exception);
            Count(exception is OperationCanceledException ? "cancelled" : "failed");
            throw;
        }

        void Count(string outcome) =>
            Calls.Add(1, [new("model", model), new("operation", operation), new("outcome", outcome), new("purpose", ModelCall.Current?.Purpose ?? "none")]);
    }

    /// <summary>Notes how many tokens a call took, and what they cost.</summary>
    public static void Used(string model, long input, long output, TokenPrice price)
    {
        Tokens.Add(input, new("model", model), new("direction", "input"));
        Tokens.Add(output, new("model", model), new("direction", "output"));
        Spent(model, price.Of(input, output));
        ModelUse.Add(input, output, 0);
    }

    /// <summary>Notes what a call cost, in US dollars; nothing when no price is configured.</summary>
    public static void Spent(string model, double dollars)
    {
        if (dollars > 0)
        {
            ModelUse.Add(0, 0, dollars);
            Cost.Add(dollars, new KeyValuePair<string, object?>("model", model));
        }
    }
}

/// <summary>Price of a model in US dollars per million tokens; 0 when it is not known.</summary>
/// <param name="Input">Price of tokens sent.</param>
/// <param name="Output">Price of tokens received.</param>
internal readonly record struct TokenPrice(double Input, double Output)
{
    /// <summary>What so many tokens cost, in US dollars.</summary>
    public double Of(long input, long output) => ((input * Input) + (output * Output)) / 1_000_000;
}
