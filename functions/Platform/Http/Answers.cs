using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// Says with every answer who may keep it (RFC 9111), and does not send again what a caller has (RFC 9110, section 13). What is answered without a token
/// is the same for everybody: it may be kept by anyone, who asks each time whether it still holds, because a block, a decision or a deletion holds at once.
/// With a token it is the caller's and kept by nobody, and neither is an error: what is hidden now may be shown in a moment. Functions that know better
/// say so themselves, and then nothing is changed.
/// </summary>
internal sealed class Answers(RequestDelegate next, IOptions<HttpOptions> options, CrossOrigin pages)
{
    /// <summary>For what is the same for everybody.</summary>
    public const string Public = "public, no-cache";

    /// <summary>For what is the caller's, and for errors.</summary>
    public const string Private = "private, no-store";

    /// <summary>Bytes of a hash that an entity tag has: enough that no two answers share one by chance.</summary>
    private const int TagBytes = 16;

    /// <summary>Takes a request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        http.Features.Set(options.Value);
        http.Response.OnStarting(Complete, (http, pages));
        if (!IsForEverybody(http.Request))
        {
            await next(http);
            return;
        }

        var before = http.Response.Body;
        await using var held = new HeldAnswer(before, () => IsTagged(http.Response));
        http.Response.Body = held;
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        finally
        {
            http.Response.Body = before;
        }

        if (held.Bytes is { } bytes)
        {
            await SendAsync(http, bytes);
        }
    }

    private static bool IsForEverybody(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Authorization.Count == 0;

    /// <summary>Whether an answer gets an entity tag here: JSON that has none. Pictures have their own.</summary>
    private static bool IsTagged(HttpResponse response) =>
        response.StatusCode == StatusCodes.Status200OK && response.Headers.ETag.Count == 0 && IsJson(response.ContentType);

    private static bool IsJson(string? contentType) =>
        contentType is not null
        && (contentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) || contentType.StartsWith(Problems.MediaType, StringComparison.OrdinalIgnoreCase));

    private static async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> bytes)
    {
        var response = http.Response;

        // Weak, because the same answer is sent in several encodings.
        var tag = new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(bytes.Span).AsSpan(0, TagBytes))}\"", isWeak: true);
        response.Headers.ETag = tag.ToString();
        if (IsKnown(http.Request.GetTypedHeaders(), tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.ContentType = null;
            return;
        }

        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.Body.WriteAsync(bytes, http.RequestAborted);
        }
    }

    /// <summary>Whether the caller has what a tag stands for (<c>If-None-Match</c>).</summary>
    internal static bool IsKnown(RequestHeaders headers, EntityTagHeaderValue tag) =>
        headers.IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));

    private static Task Complete(object state)
    {
        var (http, pages) = ((HttpContext, CrossOrigin))state;
        var (request, response) = (http.Request, http.Response);
        if (IsJson(response.ContentType))
        {
            response.Headers.XContentTypeOptions = "nosniff";

            // What the service says it says in the caller's language.
            response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        }

        if (response.Headers.CacheControl.Count == 0)
        {
            var isPublic = response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified && IsForEverybody(request);
            response.Headers.CacheControl = isPublic ? Public : Private;
        }

        if (response.Headers.CacheControl.ToString() != Private)
        {
            // Who asks with a token must not be given what was kept of an answer to nobody, which may show more.
            response.Headers.Append(HeaderNames.Vary, HeaderNames.Authorization);
        }

        pages.Allow(request.Headers, response.Headers);
        return Task.CompletedTask;
    }
}
