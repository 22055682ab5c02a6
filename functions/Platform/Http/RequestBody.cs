using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace ServerlessSocial.Platform.Http;

/// <summary>Reads JSON bodies so that whatever is wrong with one becomes a clear error.</summary>
public static class RequestBody
{
    /// <summary>Largest JSON body in bytes: a post of 5,000 long grapheme clusters, escaped, fits.</summary>
    public const int JsonLimit = 512 * 1024;

    /// <summary>Reads the body as JSON of a given shape.</summary>
    /// <returns>The value, or the error to answer with.</returns>
    public static async ValueTask<(T Value, Error? Error)> ReadJsonAsync<T>(this HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        if (!IsJson(request.ContentType))
        {
            return (null!, new WrongMediaType("application/json"));
        }

        var (bytes, tooLarge) = await request.ReadBytesAsync(JsonLimit, cancellationToken);
        if (tooLarge is not null)
        {
            return (null!, tooLarge);
        }

        try
        {
            return JsonSerializer.Deserialize<T>(bytes.Span, ApiJson.Options) is { } value
                ? (value, null)
                : (null!, new Malformed("The body must be a JSON object."));
        }
        catch (JsonException exception)
        {
            return (null!, Explain(exception));
        }
        catch (InvalidOperationException)
        {
            // The reader's answer to escapes that are no Unicode text, such as a lone surrogate.
            return (null!, new Malformed("The body holds text that is not valid Unicode."));
        }
    }

    /// <summary>Reads the whole body, at most <paramref name="limit"/> bytes.</summary>
    /// <returns>The bytes, or the error to answer with.</returns>
    public static async ValueTask<(ReadOnlyMemory<byte> Bytes, Error? Error)> ReadBytesAsync(this HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return (default, new BodyTooLarge(limit));
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 1024));
        var chunk = new byte[Math.Min(limit + 1, 64 * 1024)];
        for (int read; (read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > limit)
            {
                return (default, new BodyTooLarge(limit));
            }
        }

        return (buffer.GetBuffer().AsMemory(0, (int)buffer.Length), null);
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    private static Error Explain(JsonException exception)
    {
        var field = exception.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        return field is null
            ? new Malformed("The body is not valid JSON of the expected shape.")
            : new InvalidFields(field, "The value is of the wrong type or not one of those allowed.");
    }
}
