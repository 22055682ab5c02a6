using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// Problems for requests that the server refuses by itself, before any middleware sees them: no request line, a path with <c>%00</c>, no Host or two, a head that is too
/// large or does not arrive. Kestrel answers these with a bare status and closes the connection; it has no hook for a body, but it tells of them
/// (the event <c>Microsoft.AspNetCore.Server.Kestrel.BadRequest</c>) before it sends the answer, and lets connections be wrapped, so that the answer can be completed on
/// its way out. In Azure the worker's server has the same, but malformed requests end at the platform before they come so far.
/// </summary>
internal sealed class ServerRefusals(DiagnosticListener diagnostics, CrossOrigin pages) : IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Refused = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    private IDisposable? listening;

    /// <summary>Lets a server's connections carry what this adds.</summary>
    public static void Prepare(KestrelServerOptions server) => server.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection =>
    {
        connection.Transport = new Wrapped(connection.Transport.Input, new Completed(connection.Transport.Output));
        return next(connection);
    }));

    /// <summary>Begins to listen for refusals, and for nothing else: other events of the server stay off.</summary>
    public void Listen() => listening ??= diagnostics.Subscribe(this, (name, _, _) => name == Refused);

    /// <inheritdoc/>
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: Refused, Value: IFeatureCollection request }
            && request.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException exception
            && request.Get<IHttpResponseFeature>() is { HasStarted: false }
            && request.Get<IConnectionTransportFeature>()?.Transport.Output is Completed output)
        {
            output.Complete(AnswerTo(request.Get<IHttpRequestFeature>(), exception));
        }
    }

    /// <inheritdoc/>
    public void OnCompleted()
    {
        // The server has gone.
    }

    /// <inheritdoc/>
    public void OnError(Exception error)
    {
        // Sources of events do not fail.
    }

    /// <inheritdoc/>
    public void Dispose() => listening?.Dispose();

    /// <summary>The fields and the body that the server's answer lacks.</summary>
    private (byte[] Fields, byte[] Body) AnswerTo(IHttpRequestFeature? request, BadHttpRequestException exception)
    {
        var error = Problems.ForRefusal(exception);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ProblemDetails { Status = error.StatusCode, Type = Error.TypePrefix + error.Code, Title = Error.TitleOf(error.Kind), Detail = error.Detail }, ApiJson.Options);
        IHeaderDictionary fields = new HeaderDictionary();
        fields.ContentType = Problems.MediaType;
        fields.ContentLength = body.Length;
        fields.CacheControl = Answers.Private;
        fields.XContentTypeOptions = "nosniff";
        pages.Allow(request?.Headers ?? new HeaderDictionary(), fields);
        var lines = fields.SelectMany(field => field.Value.Select(value => $"{field.Key}: {value}\r\n"));

        // Who asked for the head alone gets no more.
        return (Encoding.ASCII.GetBytes(string.Concat(lines)), string.Equals(request?.Method, HttpMethods.Head, StringComparison.OrdinalIgnoreCase) ? [] : body);
    }

    private sealed class Wrapped(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input { get; } = input;

        public PipeWriter Output { get; } = output;
    }

    /// <summary>Hands on what the server writes; of the answer to a refused request the head is held back until it is whole, and completed.</summary>
    private sealed class Completed(PipeWriter inner) : PipeWriter
    {
        private readonly ArrayBufferWriter<byte> head = new();
        private (byte[] Fields, byte[] Body)? rest;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes + head.WrittenCount;

        /// <summary>What the server writes next is an answer without a body: this is what it lacks.</summary>
        public void Complete((byte[] Fields, byte[] Body) lacking) => rest = lacking;

        public override void Advance(int bytes)
        {
            if (rest is null)
            {
                inner.Advance(bytes);
            }
            else
            {
                head.Advance(bytes);
            }
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => rest is null ? inner.GetMemory(sizeHint) : head.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => rest is null ? inner.GetSpan(sizeHint) : head.GetSpan(sizeHint);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            HandOn();
            return inner.FlushAsync(cancellationToken);
        }

        public override void Complete(Exception? exception = null)
        {
            HandOn();
            inner.Complete(exception);
        }

        public override ValueTask CompleteAsync(Exception? exception = null)
        {
            HandOn();
            return inner.CompleteAsync(exception);
        }

        private void HandOn()
        {
            if (rest is not { } lacking || head.WrittenCount == 0)
            {
                return;
            }

            rest = null;
            var written = head.WrittenSpan;
            var nothing = "Content-Length: 0\r\n"u8;
            if (written.StartsWith("HTTP/1.1 "u8) && written.IndexOf(nothing) is >= 0 and var at)
            {
                inner.Write(written[..at]);
                inner.Write(lacking.Fields);
                inner.Write(written[(at + nothing.Length)..]);
                inner.Write(lacking.Body);
            }
            else
            {
                // Not what is expected, such as a frame of HTTP/2: left as it is.
                inner.Write(written);
            }
        }
    }
}
