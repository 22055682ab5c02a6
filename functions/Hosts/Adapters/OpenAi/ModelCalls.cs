using System.ClientModel;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Hosts.Adapters.OpenAi;

/// <summary>What all calls of models have in common: spans, metrics, and telling a refusal from a fault.</summary>
internal static class ModelCalls
{
    private static readonly Counter<long> Calls = ServiceTelemetry.Meter.CreateCounter<long>("serverless_social.model.calls", "{call}", "Model calls by model and outcome.");
    private static readonly Counter<long> Tokens = ServiceTelemetry.Meter.CreateCounter<long>("serverless_social.model.tokens", "{token}", "Tokens by model and direction.");

    /// <summary>Codes with which content filters refuse, here and in Azure.</summary>
    private static readonly HashSet<string> RefusalCodes = ["content_filter", "content_policy_violation", "moderation_blocked", "contentfilter"];

    /// <summary>Makes a call; a refusal by a content filter becomes a value, everything else that fails stays an exception.</summary>
    /// <exception cref="TimeoutException">No answer came in time; cancellation by the caller alone is an <see cref="OperationCanceledException"/>.</exception>
    public static async Task<T> RunAsync<T>(string operation, string model, Func<Task<T>> call, Func<string, T> refused, CancellationToken cancellationToken)
    {
        using var activity = ServiceTelemetry.Activities.StartActivity($"{operation} {model}", ActivityKind.Client);
        activity?.SetTag("gen_ai.operation.name", operation);
        activity?.SetTag("gen_ai.request.model", model);
        try
        {
            var result = await call();
            Count("done");
            return result;
        }
        catch (ClientResultException exception) when (exception.Status == StatusCodes.Status400BadRequest && RefusalCode(exception) is { } code)
        {
            Count("refused");
            return refused(code);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && IsTimeout(exception))
        {
            Failed(nameof(TimeoutException));
            throw new TimeoutException($"{model} did not answer in time.", exception);
        }
        catch (Exception exception)
        {
            Failed(exception.GetType().Name);
            throw;
        }

        void Failed(string error)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error);
            Count("failed");
        }

        void Count(string outcome) => Calls.Add(1, new("model", model), new("operation", operation), new("outcome", outcome));
    }

    /// <summary>Notes how many tokens a call took.</summary>
    public static void Used(string model, long input, long output)
    {
        Tokens.Add(input, new("model", model), new("direction", "input"));
        Tokens.Add(output, new("model", model), new("direction", "output"));
    }

    /// <summary>The client reports its own time-out as a cancellation; after several tries, of each of them.</summary>
    private static bool IsTimeout(Exception exception) => exception switch
    {
        OperationCanceledException => true,
        AggregateException tries => tries.InnerExceptions.All(inner => inner is OperationCanceledException),
        _ => false,
    };

    private static string? RefusalCode(ClientResultException exception)
    {
        if (exception.GetRawResponse()?.Content is not { } content)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(content);
            return document.RootElement.TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out var code)
                && code.ValueKind == JsonValueKind.String
                && RefusalCodes.Contains(code.GetString()!.ToLowerInvariant())
                    ? code.GetString()
                    : null;
        }
        catch (JsonException)
        {
            // Not the protocol's error shape: then it is no refusal.
            return null;
        }
    }
}
