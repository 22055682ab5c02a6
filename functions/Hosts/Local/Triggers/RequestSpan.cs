using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace ServerlessSocial.Hosts.Local.Triggers;

/// <summary>
/// Names a request's span after its route and notes how it was answered, as the OpenTelemetry conventions for HTTP ask for. Path and
/// query are left out: they hold ids and what people searched for.
/// </summary>
internal static class RequestSpan
{
    /// <summary>Describes the request's span, if anybody listens.</summary>
    /// <param name="http">The request.</param>
    /// <param name="route">The route's pattern.</param>
    public static void Describe(HttpContext http, string route)
    {
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
        {
            return;
        }

        span.DisplayName = $"{http.Request.Method} {route}";
        span.SetTag("http.request.method", http.Request.Method);
        span.SetTag("http.route", route);
        if (ActivityContext.TryParse(http.Request.Headers.TraceParent, http.Request.Headers.TraceState, isRemote: true, out var caller))
        {
            span.AddLink(new(caller));
        }

        http.Response.OnStarting(() =>
        {
            var status = http.Response.StatusCode;
            span.SetTag("http.response.status_code", status);
            if (status >= StatusCodes.Status500InternalServerError)
            {
                span.SetStatus(ActivityStatusCode.Error);
            }

            return Task.CompletedTask;
        });
    }
}
