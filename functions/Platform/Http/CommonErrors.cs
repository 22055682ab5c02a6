using Microsoft.Net.Http.Headers;

namespace ServerlessSocial.Platform.Http;

/// <summary>There is no such thing, or the caller may not know of it.</summary>
public sealed record Missing(string What) : Error(ErrorKind.NotFound, "not-found", $"There is no such {What}.");

/// <summary>The path exists, and does not answer to the request's method.</summary>
public sealed record WrongMethod(IReadOnlyList<string> Methods)
    : Error(ErrorKind.MethodNotAllowed, "method-not-allowed", "See /api/openapi.json for what this path answers to.")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Allow => Methods;
}

/// <summary>The address is longer than the Functions platform takes.</summary>
public sealed record AddressTooLong(string What, int Limit) : Error(ErrorKind.UriTooLong, "address-too-long", $"The {What} may have at most {Limit:N0} characters.");

/// <summary>The body is not what the operation reads.</summary>
public sealed record Malformed(string Problem) : Error(ErrorKind.Invalid, "malformed", Problem);

/// <summary>Some fields are not valid.</summary>
public sealed record InvalidFields(IReadOnlyDictionary<string, string[]> ByField)
    : Error(ErrorKind.Invalid, "invalid-fields", "Some fields are not valid; see errors.")
{
    /// <summary>One field is not valid.</summary>
    public InvalidFields(string field, string problem)
        : this(new Dictionary<string, string[]> { [field] = [problem] })
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string[]> Fields => ByField;
}

/// <summary>The body is larger than the operation reads.</summary>
public sealed record BodyTooLarge(long? LimitBytes) : Error(
    ErrorKind.TooLarge,
    "body-too-large",
    LimitBytes is { } limit ? $"The body may have at most {limit:N0} bytes." : "The body is too large.");

/// <summary>The body did not arrive in the time it has.</summary>
/// <param name="Limit">That time; null where the server gave up because nearly nothing came.</param>
public sealed record BodyTooSlow(TimeSpan? Limit) : Error(
    ErrorKind.Timeout, "body-too-slow", Limit is { } limit ? $"The body must arrive within {limit.TotalSeconds:N0} seconds and without long pauses; send it again." : "The body stopped arriving; send it again.");

/// <summary>The head of the request did not arrive in the time it has.</summary>
public sealed record HeadTooSlow() : Error(ErrorKind.Timeout, "head-too-slow", "The head of the request did not arrive in time; send it again.");

/// <summary>The request is of a version of HTTP that nobody speaks here.</summary>
public sealed record WrongHttpVersion() : Error(ErrorKind.HttpVersionNotSupported, "http-version-not-supported", "Send the request as HTTP/1.1.");

/// <summary>The header fields are more, or longer, than this service takes.</summary>
public sealed record HeadersTooLarge(int LimitBytes, int LimitCount) : Error(
    ErrorKind.HeadersTooLarge, "headers-too-large", $"A request may have {LimitCount} header fields of {LimitBytes:N0} bytes in all.");

/// <summary>The body is of another media type than the operation reads.</summary>
/// <param name="Sent">What the request says it is; null if it says nothing.</param>
/// <param name="Taken">What the operation reads.</param>
public sealed record WrongMediaType(string? Sent, IReadOnlyList<string> Taken)
    : Error(ErrorKind.UnsupportedMediaType, "unsupported-media-type", $"{WhatIsWrong(Sent)}Send the body as {Listed(Taken)}.")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Accept => Taken;

    /// <summary>What people get wrong again and again, as a sentence.</summary>
    private static string WhatIsWrong(string? sent) =>
        string.IsNullOrWhiteSpace(sent) ? "The request has no Content-Type. "
        : !MediaTypeHeaderValue.TryParse(sent, out var type) ? "The Content-Type cannot be read. "
        : type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) ? "Forms are not taken: the body is the file or the JSON itself. "
        : type.MediaType.Equals("image/jpg", StringComparison.OrdinalIgnoreCase) ? "The name of JPEG is image/jpeg. "
        : type.Charset.HasValue && type.MediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase) ? "JSON is written in UTF-8 (RFC 8259). "
        : string.Empty;

    private static string Listed(IReadOnlyList<string> types) => types.Count == 1 ? $"{types[0]}, in UTF-8" : $"{string.Join(", ", types.Take(types.Count - 1))} or {types[^1]}";
}

/// <summary>The store is busy.</summary>
public sealed record Busy(TimeSpan Wait) : Error(ErrorKind.TooManyRequests, "busy", "The service is busy; please try again later.")
{
    /// <inheritdoc/>
    public override TimeSpan? RetryAfter => Wait;
}

/// <summary>The store cannot be read or written now.</summary>
public sealed record StoreUnavailable() : Error(ErrorKind.Unavailable, "store-unavailable", "The service cannot keep anything at the moment; please try again later.")
{
    /// <inheritdoc/>
    public override TimeSpan? RetryAfter => TimeSpan.FromSeconds(10);
}

/// <summary>A feature whose model this service is set up without. Waiting does not help, so there is no Retry-After.</summary>
/// <param name="Feature">What cannot be done, as the beginning of a sentence.</param>
/// <param name="Settings">Names of the settings that would configure it.</param>
public sealed record ModelNotConfigured(string Feature, string Settings) : Error(
    ErrorKind.Unavailable, "model-not-configured", $"{Feature} is not available: this service has no model for it ({Settings} is not set).");

/// <summary>The resource changed since the version in If-Match was read.</summary>
public sealed record Changed() : Error(ErrorKind.PreconditionFailed, "changed", "It has changed since you read it; read it again and repeat the edit.");

/// <summary>An edit without If-Match.</summary>
public sealed record IfMatchRequired() : Error(ErrorKind.PreconditionRequired, "if-match-required", "Send the ETag of the version you read as If-Match.");

/// <summary>A cursor that was not made by this service, or for another list.</summary>
public sealed record BadCursor() : Error(ErrorKind.Invalid, "bad-cursor", "The cursor is not one that this list gave out.")
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string[]> Fields { get; } =
        new Dictionary<string, string[]> { ["cursor"] = ["Use the value of next from the page before."] };
}
