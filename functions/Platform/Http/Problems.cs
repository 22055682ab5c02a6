using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Http;

/// <summary>Writes problem details (RFC 9457): the one place where errors become bytes.</summary>
public static class Problems
{
    /// <summary>Media type of every error answer.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Writes a problem document.</summary>
    public static Task WriteAsync(HttpContext http, int status, string code, string title, string detail, IReadOnlyDictionary<string, string[]>? fields = null)
    {
        var problem = new ProblemDetails { Status = status, Type = Error.TypePrefix + code, Title = title, Detail = detail, Instance = http.Request.Path };
        if (fields is not null)
        {
            problem.Extensions["errors"] = fields;
        }

        if (Activity.Current is { } activity)
        {
            problem.Extensions["traceId"] = activity.TraceId.ToHexString();
        }

        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(problem, ApiJson.Options, MediaType, http.RequestAborted);
    }

    /// <summary>The error for a request that the server refused before anybody saw it.</summary>
    public static Error ForRefusal(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => new HeadTooSlow(),
        StatusCodes.Status413PayloadTooLarge => new BodyTooLarge(null),
        StatusCodes.Status414UriTooLong => new AddressTooLong("address", RequestLimits.Address),
        StatusCodes.Status431RequestHeaderFieldsTooLarge => new HeadersTooLarge(RequestLimits.Headers, RequestLimits.HeaderCount),
        StatusCodes.Status505HttpVersionNotsupported => new WrongHttpVersion(),

        // The server names what it could not read, and where it does not log that it leaves the place for it empty.
        _ => new Malformed($"The request could not be read: {exception.Message.Replace(": ''", string.Empty, StringComparison.Ordinal).TrimEnd('.')}."),
    };

    /// <summary>The error that an exception stands for: a busy store, an unreadable request; null for bugs and outages.</summary>
    public static Error? For(Exception exception) => exception switch
    {
        StoreThrottledException throttled => new Busy(throttled.RetryAfter),
        StoreUnavailableException => new StoreUnavailable(),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new BodyTooLarge(null),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new BodyTooSlow(null),
        BadHttpRequestException => new Malformed("The request could not be read."),
        _ => null,
    };
}
