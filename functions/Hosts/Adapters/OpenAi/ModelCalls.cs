using System.ClientModel;
using System.Text.Json;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Hosts.Adapters.OpenAi;

/// <summary>What all calls of models over this protocol have in common: spans, metrics, and telling a refusal from a fault.</summary>
internal static class ModelCalls
{
    /// <summary>Codes with which content filters refuse, here and in Azure, and those of requests that are too long.</summary>
    private static readonly Dictionary<string, RefusalKind> RefusalCodes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["content_filter"] = RefusalKind.Filtered,
        ["contentFilter"] = RefusalKind.Filtered,
        ["content_policy_violation"] = RefusalKind.Filtered,
        ["moderation_blocked"] = RefusalKind.Filtered,
        ["context_length_exceeded"] = RefusalKind.TooLong,
        ["string_above_max_length"] = RefusalKind.TooLong,
    };

    /// <summary>Makes a call; what would be refused again becomes a value, everything else that fails stays an exception.</summary>
    /// <exception cref="TimeoutException">No answer came in time; cancellation by the caller alone is an <see cref="OperationCanceledException"/>.</exception>
    public static Task<T> RunAsync<T>(string operation, string model, Func<Task<T>> call, Func<string, RefusalKind, T> refused, CancellationToken cancellationToken) =>
        ModelTelemetry.RunAsync(operation, model, () => TranslateAsync(model, call, refused, cancellationToken));

    private static async Task<T> TranslateAsync<T>(string model, Func<Task<T>> call, Func<string, RefusalKind, T> refused, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (ClientResultException exception) when (exception.Status == StatusCodes.Status400BadRequest && RefusalCode(exception) is { } code)
        {
            return refused(code, RefusalCodes[code]);
        }
        catch (ClientResultException exception)
        {
            // The endpoint's words may quote what people wrote, and exceptions are logged.
            throw new ClientResultException($"{model} answered with status {exception.Status}.", exception.GetRawResponse());
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && IsTimeout(exception))
        {
            throw new TimeoutException($"{model} did not answer in time.", exception);
        }
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
                && RefusalCodes.ContainsKey(code.GetString()!)
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
