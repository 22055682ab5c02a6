using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// How large the parts of a request may be, held in both hosts. Of an address it is what Azure Functions takes
/// (learn.microsoft.com/azure/azure-functions/functions-scale), of header fields what Kestrel takes unless told otherwise.
/// </summary>
public static class RequestLimits
{
    /// <summary>Characters of a whole URL, percent-encoded.</summary>
    public const int Address = 8_192;

    /// <summary>Characters of a query, percent-encoded.</summary>
    public const int Query = 4_096;

    /// <summary>Bytes of all header fields together.</summary>
    public const int Headers = 32 * 1024;

    /// <summary>Header fields.</summary>
    public const int HeaderCount = 100;

    /// <summary>Largest body of any kind, in bytes; what an operation reads of it is less.</summary>
    public const int Body = 16 * 1024 * 1024;

    /// <summary>Bytes of a request that are taken off the network before somebody reads them: what a stalled or refused upload costs.</summary>
    private const int Unread = 128 * 1024;

    /// <summary>Of a line or of the header fields, wide enough to answer what is too large with a problem; beyond it the server refuses by itself, see <see cref="ServerRefusals"/>.</summary>
    private const int ServersOwn = 64 * 1024;

    /// <summary>Sets up a server.</summary>
    public static void Apply(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = Body;
        server.Limits.MaxRequestBufferSize = Unread;
        server.Limits.MaxRequestLineSize = ServersOwn;
        server.Limits.MaxRequestHeadersTotalSize = ServersOwn;
        server.Limits.MaxRequestHeaderCount = 2 * HeaderCount;
        ServerRefusals.Prepare(server);
    }

    /// <summary>The error of a request whose address or header fields are too large; null for all others.</summary>
    public static Error? Exceeded(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        return request.Scheme.Length + "://".Length + (request.Host.Value?.Length ?? 0) + target.Length > Address ? new AddressTooLong("address", Address)
            : request.QueryString.Value?.Length - 1 > Query ? new AddressTooLong("query", Query)
            : request.Headers.Count > HeaderCount || SizeOf(request.Headers) > Headers ? new HeadersTooLarge(Headers, HeaderCount)
            : null;
    }

    private static int SizeOf(IHeaderDictionary headers)
    {
        var size = 0;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                size += name.Length + (value?.Length ?? 0) + ": \r\n".Length;
            }
        }

        return size;
    }
}
