using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using NetVips;
using ServerlessSocial.CrashTest;

namespace ServerlessSocial.Benchmarks;

/// <summary>
/// What uploads cost everybody else: 220 that stall and 60 pictures of nearly 8 MiB, all at once and each of another account, beside small requests. The
/// host is a process of its own, whose peak of resident memory is read afterwards.
/// </summary>
public static class UploadBenchmark
{
    private const int Stalled = 220;
    private const int Real = 60;
    private const int LargestBody = 8 * 1024 * 1024;
    private const double SmallPerSecond = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs it and prints the figures.</summary>
    public static async Task RunAsync()
    {
        var data = Path.Combine(Path.GetTempPath(), "serverless-social-uploads", Guid.NewGuid().ToString("N"));
        var picture = Picture();
        await using var host = new HostProcess(data, ["--Limits:Factor=10000"]);
        await host.StartAsync();
        try
        {
            var tokens = await SignUpAsync(host.Address, Stalled + Real + 1);
            Console.WriteLine($"before: {Resident(host.ProcessId, "VmHWM"):N0} MB resident at most; a picture of {picture.Length / 1024.0 / 1024.0:F1} MiB");
            var feed = LoadClient.Get(host.Address, "feed", tokens[^1]);
            var quiet = await Measurements.LoadAsync(4, TimeSpan.FromSeconds(5), host.Address, _ => feed, SmallPerSecond);
            Console.WriteLine($"small requests while nobody uploads: {quiet.All}");

            using var limit = new CancellationTokenSource(Patience);
            var stalled = tokens.Take(Stalled).Select((token, index) => StallAsync(host.Address, token, picture, index, limit.Token)).ToList();
            await Task.Delay(500);
            var watch = Stopwatch.StartNew();
            var real = Task.WhenAll(tokens.Skip(Stalled).Take(Real).Select(token => UploadAsync(host.Address, token, picture, limit.Token)));
            var busy = new Measurements();
            while (!real.IsCompleted)
            {
                busy.Add((await Measurements.LoadAsync(4, TimeSpan.FromSeconds(1), host.Address, _ => feed, SmallPerSecond)).All);
            }

            var refusals = (await real).Sum();
            Console.WriteLine($"{Real} real uploads: all taken after {watch.Elapsed.TotalSeconds:F1} s, with {refusals} refusals to come again later");
            Console.WriteLine($"{Stalled} stalled uploads: {string.Join(", ", (await Task.WhenAll(stalled)).CountBy(status => status).OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} answered {pair.Key}"))}");
            Console.WriteLine($"small requests meanwhile ({busy.Count}, all answered): {busy}");
            Console.WriteLine($"resident MB at most (goal 500): {Resident(host.ProcessId, "VmHWM"):N0}, at the end {Resident(host.ProcessId, "VmRSS"):N0}");
        }
        finally
        {
            await host.DisposeAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>The process' resident memory in megabytes: its peak (<c>VmHWM</c>), or now (<c>VmRSS</c>).</summary>
    private static double Resident(int processId, string field) =>
        double.Parse(File.ReadLines($"/proc/{processId}/status").Single(line => line.StartsWith(field, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1_000;

    /// <summary>Twelve noisy megapixels as a JPEG just below the limit.</summary>
    private static byte[] Picture()
    {
        using var noise = Image.Gaussnoise(4000, 3000, sigma: 32, mean: 128).Cast(Enums.BandFormat.Uchar);
        using var colours = noise.Bandjoin(noise.Flip(Enums.Direction.Horizontal), noise.Flip(Enums.Direction.Vertical)).Copy(interpretation: Enums.Interpretation.Srgb);
        for (var quality = 99; ; quality--)
        {
            var file = colours.JpegsaveBuffer(q: quality);
            if (file.Length <= LargestBody)
            {
                return file;
            }
        }
    }

    private static async Task<List<string>> SignUpAsync(Uri api, int count)
    {
        using var client = new HttpClient { BaseAddress = api };
        var tokens = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            using var issued = await client.PostAsJsonAsync("dev/token", new { subject = $"uploader{i}" });
            var token = (await issued.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
            using var request = new HttpRequestMessage(HttpMethod.Post, "profiles") { Content = JsonContent.Create(new { handle = $"uploader{i}", displayName = $"Uploader {i}" }) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var created = await client.SendAsync(request);
            created.EnsureSuccessStatusCode();
            tokens.Add(token);
        }

        return tokens;
    }

    /// <summary>Claims a whole picture and sends its first 100 or 200 KiB, then nothing.</summary>
    /// <returns>Status of the answer.</returns>
    private static async Task<int> StallAsync(Uri api, string token, byte[] picture, int index, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(api.Host, api.Port, cancellationToken);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes($"POST {api.AbsolutePath}media HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: image/jpeg\r\nContent-Length: {picture.Length}\r\n\r\n"),
            cancellationToken);
        var buffer = new byte[1024];
        try
        {
            await socket.SendAsync(picture.AsMemory(0, (index % 2 == 0 ? 100 : 200) * 1024), cancellationToken);
            var read = await socket.ReceiveAsync(buffer, cancellationToken);
            return read < 12 ? 0 : int.Parse(Encoding.ASCII.GetString(buffer, 9, 3), CultureInfo.InvariantCulture);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    /// <summary>Uploads a picture, and comes again as often as it is told to.</summary>
    /// <returns>How often it was.</returns>
    private static async Task<int> UploadAsync(Uri api, string token, byte[] picture, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = api };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        client.DefaultRequestHeaders.ExpectContinue = true;
        for (var refusals = 0; ; refusals++)
        {
            using var body = new ByteArrayContent(picture) { Headers = { ContentType = new("image/jpeg") } };
            using var response = await client.PostAsync("media", body, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Created)
            {
                return refusals;
            }

            var wait = response.Headers.RetryAfter?.Delta ?? throw new InvalidOperationException($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
            await Task.Delay(wait, cancellationToken);
        }
    }
}
