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
