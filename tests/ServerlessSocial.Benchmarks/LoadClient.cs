using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace ServerlessSocial.Benchmarks;

/// <summary>
/// One keep-alive HTTP/1.1 connection that sends prepared requests and waits for each answer. As little work per request as possible:
/// the load generator shares the cores with what it measures.
/// </summary>
internal sealed class LoadClient : IDisposable
{
    private static readonly byte[] EndOfChunks = "0\r\n\r\n"u8.ToArray();
    private readonly Socket socket;
    private readonly byte[] buffer = new byte[512 * 1024];

    private LoadClient(Socket socket) => this.socket = socket;

    /// <summary>Connects.</summary>
    public static async Task<LoadClient> ConnectAsync(Uri address)
    {
        var connection = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await connection.ConnectAsync(address.Host, address.Port);
        return new LoadClient(connection);
    }

    /// <summary>A GET request as bytes.</summary>
    public static byte[] Get(Uri api, string path, string? token) =>
        Encoding.ASCII.GetBytes($"GET {api.AbsolutePath}{path} HTTP/1.1\r\nHost: localhost\r\n{Authorization(token)}\r\n");

    /// <summary>A PUT request without a body as bytes.</summary>
    public static byte[] Put(Uri api, string path, string? token) =>
        Encoding.ASCII.GetBytes($"PUT {api.AbsolutePath}{path} HTTP/1.1\r\nHost: localhost\r\n{Authorization(token)}Content-Length: 0\r\n\r\n");

    /// <summary>A POST request with a JSON body as bytes.</summary>
    public static byte[] Post(Uri api, string path, string? token, string json) => Encoding.UTF8.GetBytes(
        $"POST {api.AbsolutePath}{path} HTTP/1.1\r\nHost: localhost\r\n{Authorization(token)}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    /// <summary>Sends a request and waits for the whole answer.</summary>
    /// <returns>Time taken, and the answer's text, which is only made if <paramref name="wantText"/>.</returns>
    /// <exception cref="InvalidOperationException">The answer is not a success.</exception>
    public async Task<(TimeSpan Elapsed, string? Text)> SendAsync(byte[] request, bool wantText = false)
    {
        var (elapsed, status, length) = await ExchangeAsync(request);
        return status is >= 200 and < 300
            ? (elapsed, wantText ? Encoding.UTF8.GetString(buffer, 0, length) : null)
            : throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, Math.Min(length, 2000)));
    }

    /// <summary>Sends a request and waits for the whole answer, whatever it is.</summary>
    /// <returns>Time taken, status, and bytes of the answer.</returns>
    public async Task<(TimeSpan Elapsed, int Status, int Length)> ExchangeAsync(byte[] request)
    {
        var start = Stopwatch.GetTimestamp();
        await socket.SendAsync(request);
        var length = 0;
        do
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                throw new InvalidOperationException("The host closed the connection.");
            }

            length += read;
        }
        while (!IsComplete(buffer.AsSpan(0, length)));

        return (Stopwatch.GetElapsedTime(start), int.Parse(buffer.AsSpan(9, 3), null), length);
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private static string Authorization(string? token) => token is null ? string.Empty : $"Authorization: Bearer {token}\r\n";

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        if (answer[9..12].SequenceEqual("204"u8))
        {
            return true;
        }

        var headers = answer[..head];
        var at = headers.IndexOf("Content-Length: "u8);
        if (at >= 0)
        {
            var text = headers[(at + "Content-Length: ".Length)..];
            var end = text.IndexOf((byte)'\r');
            return answer.Length >= head + 4 + int.Parse(end < 0 ? text : text[..end], null);
        }

        // JSON holds no raw line breaks, so the last chunk can be told by its bytes.
        return answer.EndsWith(EndOfChunks);
    }
}
