using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace ServerlessSocial.Platform.Http;

/// <summary>Kinds of expected errors; each has one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>The request does not make sense as it stands: 400.</summary>
    Invalid,

    /// <summary>No token, or one that is not accepted: 401.</summary>
    NotSignedIn,

    /// <summary>The caller may know of this, and may not do it: 403.</summary>
    Forbidden,

    /// <summary>There is no such thing, or the caller may not know of it: 404.</summary>
    NotFound,

    /// <summary>The path exists, and does not answer to this method: 405.</summary>
    MethodNotAllowed,

    /// <summary>The request took too long to arrive: 408.</summary>
    Timeout,

    /// <summary>It does not fit the present state: 409.</summary>
    Conflict,

    /// <summary>It was there, and is gone for good: 410.</summary>
    Gone,

    /// <summary>The resource changed since it was read: 412.</summary>
    PreconditionFailed,

    /// <summary>The body is too large: 413.</summary>
    TooLarge,

    /// <summary>The address is too long: 414.</summary>
    UriTooLong,

    /// <summary>The body is of a type that is not understood: 415.</summary>
    UnsupportedMediaType,

    /// <summary>There is no such part of it: 416.</summary>
    RangeNotSatisfiable,

    /// <summary>It is understood and cannot be carried out: 422.</summary>
    Unprocessable,

    /// <summary>The request must say which version it is about: 428.</summary>
    PreconditionRequired,

    /// <summary>Come again later: 429.</summary>
    TooManyRequests,

    /// <summary>The header fields are too many or too large: 431.</summary>
    HeadersTooLarge,

    /// <summary>This service has not got what it takes, at the moment or at all: 503.</summary>
    Unavailable,

    /// <summary>The request is of a version of HTTP that is not spoken here: 505.</summary>
    HttpVersionNotSupported,
}

/// <summary>
/// An expected error, and at the same time the answer that tells of it: <c>application/problem+json</c> (RFC 9457).
/// Slices declare their own as records in their <c>Errors.cs</c>.
/// </summary>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Code">Stable name in kebab case; clients may rely on it.</param>
/// <param name="Detail">A sentence for a person. Never carries secrets or what the caller may not see.</param>
public abstract record Error(ErrorKind Kind, string Code, string Detail) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    /// <summary>Prefix of all problem types.</summary>
    public const string TypePrefix = "urn:serverless-social:problem:";

    /// <summary>What is wrong, by field of the request; null when it is not about fields.</summary>
    public virtual IReadOnlyDictionary<string, string[]>? Fields => null;

    /// <summary>How long to wait before trying again; sent as <c>Retry-After</c>.</summary>
    public virtual TimeSpan? RetryAfter => null;

    /// <summary>Methods the path does answer to; sent as <c>Allow</c>.</summary>
    public virtual IReadOnlyList<string>? Allow => null;

    /// <summary>Media types the operation does read; sent as <c>Accept</c> (RFC 9110, section 15.5.16).</summary>
    public virtual IReadOnlyList<string>? Accept => null;

    /// <summary>The HTTP status of this error.</summary>
    [JsonIgnore]
    public int? StatusCode => StatusOf(Kind);

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(null, null);
        }

        if (Allow is { } methods)
        {
            response.Headers.Allow = string.Join(", ", methods);
        }

        if (Accept is { } types)
        {
            response.Headers.Accept = string.Join(", ", types);
        }

        if (Kind == ErrorKind.NotSignedIn)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        return Problems.WriteAsync(httpContext, StatusOf(Kind), Code, TitleOf(Kind), Detail, Fields);
    }

    /// <summary>Describes the answer for OpenAPI: which statuses an operation can give follows from its shape, see the document transformers.</summary>
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(ProblemDetails), [Problems.MediaType]));

    internal static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.NotSignedIn => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ErrorKind.Timeout => StatusCodes.Status408RequestTimeout,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Gone => StatusCodes.Status410Gone,
        ErrorKind.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.UriTooLong => StatusCodes.Status414UriTooLong,
        ErrorKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        ErrorKind.RangeNotSatisfiable => StatusCodes.Status416RangeNotSatisfiable,
        ErrorKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.PreconditionRequired => StatusCodes.Status428PreconditionRequired,
        ErrorKind.TooManyRequests => StatusCodes.Status429TooManyRequests,
        ErrorKind.HeadersTooLarge => StatusCodes.Status431RequestHeaderFieldsTooLarge,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorKind.HttpVersionNotSupported => StatusCodes.Status505HttpVersionNotsupported,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    internal static string TitleOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => "The request is not valid.",
        ErrorKind.NotSignedIn => "Please sign in.",
        ErrorKind.Forbidden => "This is not allowed.",
        ErrorKind.NotFound => "Not found.",
        ErrorKind.MethodNotAllowed => "This method is not allowed here.",
        ErrorKind.Timeout => "The request took too long.",
        ErrorKind.Conflict => "This conflicts with the present state.",
        ErrorKind.Gone => "It is gone.",
        ErrorKind.PreconditionFailed => "It has changed in the meantime.",
        ErrorKind.TooLarge => "The request is too large.",
        ErrorKind.UriTooLong => "The address is too long.",
        ErrorKind.UnsupportedMediaType => "This media type is not supported.",
        ErrorKind.RangeNotSatisfiable => "There is no such range.",
        ErrorKind.Unprocessable => "This cannot be done.",
        ErrorKind.PreconditionRequired => "A precondition is required.",
        ErrorKind.TooManyRequests => "Too many requests.",
        ErrorKind.HeadersTooLarge => "The header fields are too large.",
        ErrorKind.Unavailable => "This is not available.",
        ErrorKind.HttpVersionNotSupported => "This version of HTTP is not supported.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
