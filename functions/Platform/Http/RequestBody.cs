using System.Diagnostics;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace ServerlessSocial.Platform.Http;

/// <summary>Reads bodies so that whatever is wrong with one becomes a clear error.</summary>
public static class RequestBody
{
    /// <summary>Largest JSON body in bytes: the longest post, 20,000 UTF-16 units, takes 120 kB where each is escaped.</summary>
    public const int JsonLimit = 512 * 1024;

    /// <summary>Bytes up to which a body is read before room is asked for it.</summary>
    public const int SmallBody = 128 * 1024;

    private const int FirstBuffer = 4 * 1024;

    /// <summary>How long nothing may come at all, if the deadline leaves that long: who stalls gives up their room sooner than who is slow.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Reads the body as JSON of a given shape, where there is one; without one everything is as it is by default. Many clients name a type and send nothing.</summary>
    public static ValueTask<(T Value, Error? Error)> ReadOptionalJsonAsync<T>(this HttpRequest request, T none, CancellationToken cancellationToken)
        where T : class =>
        request.ContentLength is 0 || request is { ContentType: null, ContentLength: null }
            ? ValueTask.FromResult<(T, Error?)>((none, null))
            : request.ReadJsonAsync<T>(cancellationToken);

    /// <summary>Reads the body as JSON of a given shape.</summary>
    /// <returns>The value, or the error to answer with.</returns>
    public static async ValueTask<(T Value, Error? Error)> ReadJsonAsync<T>(this HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        if (!IsJson(request.ContentType))
        {
            return (null!, new WrongMediaType(request.ContentType, ["application/json"]));
        }

        var (body, unread) = await request.ReadBytesAsync(JsonLimit, HttpOptions.Of(request).JsonDeadline, null, cancellationToken);
        using var read = body;
        if (read is null)
        {
            return (null!, unread);
        }

        return Parse<T>(read.Bytes);
    }

    /// <summary>Reads a body as JSON of a given shape that was read as bytes before, because somebody had to look at those first.</summary>
    /// <returns>The value, or the error to answer with.</returns>
    public static (T Value, Error? Error) ParseJson<T>(this HttpRequest request, ReadOnlyMemory<byte> body)
        where T : class =>
        IsJson(request.ContentType) ? Parse<T>(body) : (null!, new WrongMediaType(request.ContentType, ["application/json"]));

    private static (T Value, Error? Error) Parse<T>(ReadOnlyMemory<byte> body)
        where T : class
    {
        if (body.Length == 0)
        {
            return (null!, new Malformed("The request has no body; send a JSON object."));
        }

        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, ApiJson.Options) is { } value
                ? (value, null)
                : (null!, new Malformed("The body must be a JSON object."));
        }
        catch (JsonException exception)
        {
            return (null!, Explain(exception, body, typeof(T)));
        }
        catch (InvalidOperationException)
        {
            // The reader's answer to escapes that are no Unicode text, such as a lone surrogate.
            return (null!, new Malformed("The body holds text that is not valid Unicode."));
        }
    }

    /// <summary>
    /// Reads the whole body, at most <paramref name="limit"/> bytes, into memory that grows with what arrives: what the header claims is only what it
    /// never grows beyond.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">Bytes it may have.</param>
    /// <param name="deadline">How long the whole of it may take; less if it stops arriving.</param>
    /// <param name="makeRoom">Asked once the body turns out to be more than a <see cref="SmallBody"/>; may wait, and may refuse. Null lets every body grow.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The bytes, to be disposed by whoever asked for them, or the error to answer with.</returns>
    public static async ValueTask<Outcome<BodyMemory>> ReadBytesAsync(
        this HttpRequest request, int limit, TimeSpan deadline, Func<CancellationToken, ValueTask<Error?>>? makeRoom, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return new BodyTooLarge(limit);
        }

        // Of an unknown length one byte more than the limit shows that it is exceeded.
        var most = (int)(request.ContentLength ?? limit + 1L);
        var body = new BodyMemory(Math.Min(most, FirstBuffer));
        var unfinished = (IDisposable?)body;
        try
        {
            if (await FillAsync(body, request, most, deadline, makeRoom, cancellationToken) is { } error)
            {
                return error;
            }

            if (body.Length > limit)
            {
                return new BodyTooLarge(limit);
            }

            unfinished = null;
            return body;
        }
        finally
        {
            unfinished?.Dispose();
        }
    }

    /// <summary>Reads until the body ends, or as much as there may be has come.</summary>
    private static async ValueTask<Error?> FillAsync(
        BodyMemory body, HttpRequest request, int most, TimeSpan deadline, Func<CancellationToken, ValueTask<Error?>>? makeRoom, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var begun = Stopwatch.GetTimestamp();
        try
        {
            while (body.Length < most)
            {
                if (body.Length == body.Capacity)
                {
                    // The wait for room is not the sender's.
                    late.CancelAfter(Timeout.InfiniteTimeSpan);
                    if (body.Length == SmallBody && makeRoom is not null && await makeRoom(cancellationToken) is { } refused)
                    {
                        return refused;
                    }

                    body.Grow((int)Math.Min(most, 2L * body.Length));
                }

                var left = deadline - Stopwatch.GetElapsedTime(begun);
                late.CancelAfter(left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestPause ? left : LongestPause);
                var read = await request.Body.ReadAsync(body.Memory[body.Length..], late.Token);
                if (read == 0)
                {
                    break;
                }

                body.Advance(read);
            }

            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody waits for the rest, so the connection cannot serve another request.
            request.HttpContext.Response.Headers.Connection = "close";
            return new BodyTooSlow(deadline);
        }
    }

    /// <summary>JSON is UTF-8 (RFC 8259, section 8.1).</summary>
    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static Error Explain(JsonException exception, ReadOnlyMemory<byte> body, Type type)
    {
        if (BodyShape.Problems(body, type) is { Count: > 0 } problems)
        {
            return new InvalidFields(problems);
        }

        if (DuplicateIn(body.Span) is { } twice)
        {
            return new InvalidFields(twice, "It is there twice.");
        }

        var field = exception.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        return field is null
            ? new Malformed("The body is not valid JSON of the expected shape.")
            : new InvalidFields(field, "The value is of the wrong type.");
    }

    /// <summary>The name of a field that an object of the body has twice; null for none, and for what is no JSON.</summary>
    private static string? DuplicateIn(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        var names = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    names.Push(new(StringComparer.Ordinal));
                }
                else if (reader.TokenType == JsonTokenType.EndObject)
                {
                    names.Pop();
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.GetString() is { } name && !names.Peek().Add(name))
                {
                    return name;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What else is wrong with it is said elsewhere.
        }

        return null;
    }
}
