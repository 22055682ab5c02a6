using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ServerlessSocial.Tests.Push;

/// <summary>What a browser got.</summary>
/// <param name="Data">The payload, decrypted.</param>
/// <param name="Topic">Header <c>Topic</c>.</param>
/// <param name="Urgency">Header <c>Urgency</c>.</param>
/// <param name="TimeToLive">Header <c>TTL</c>, in seconds.</param>
internal sealed record Pushed(JsonElement Data, string Topic, string Urgency, int TimeToLive);

/// <summary>
/// A push service and the browsers behind it: it takes what is sent as RFC 8030 says, checks who sent it (RFC 8292) and decrypts it as a browser would (RFC 8291).
/// Written against the RFCs and with nothing of what is tested.
/// </summary>
internal sealed class PushServiceStandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Browser> browsers = new(StringComparer.Ordinal);

    private PushServiceStandIn(WebApplication app) => this.app = app;

    /// <summary>Address of the service, without a slash at the end.</summary>
    public string Origin => app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>What was wrong with what was sent; nothing may be.</summary>
    public ConcurrentQueue<string> Wrong { get; } = [];

    /// <summary>Starts it on a free port of this machine.</summary>
    public static async Task<PushServiceStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var made = builder.Build();
        made.Urls.Add("http://127.0.0.1:0");
        var service = new PushServiceStandIn(made);
        made.MapPost("/to/{name}", service.TakeAsync);
        await made.StartAsync();
        return service;
    }

    /// <summary>A browser that subscribes with the key of an application.</summary>
    public Browser Browse(string name, string applicationServerKey) =>
        browsers[name] = new Browser($"{Origin}/to/{name}", applicationServerKey);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        foreach (var browser in browsers.Values)
        {
            browser.Dispose();
        }
    }

    private async Task<IResult> TakeAsync(string name, HttpRequest request)
    {
        var browser = browsers[name];
        browser.Calls++;
        if (browser.Answers.TryDequeue(out var answer) && answer.Status >= 300)
        {
            if (answer.RetryAfter is { } wait)
            {
                request.HttpContext.Response.Headers.RetryAfter = wait;
            }

            return Results.Text("Not now.", statusCode: answer.Status);
        }

        try
        {
            await CheckSenderAsync(request, browser);
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            Assert.Equal("aes128gcm", request.Headers.ContentEncoding);
            Assert.True(body.Length <= 4096, "RFC 8291, section 4: more than a push service has to take.");
            Assert.DoesNotContain("traceparent", request.Headers.Keys);
            browser.Got.Enqueue(new Pushed(
                JsonDocument.Parse(browser.Decrypt(body.ToArray())).RootElement,
                request.Headers["Topic"].Single()!,

                // RFC 8030, section 5.3: left out, it is normal.
                request.Headers["Urgency"].SingleOrDefault() ?? "normal",
                int.Parse(request.Headers["TTL"].Single()!, CultureInfo.InvariantCulture)));
            return Results.StatusCode(StatusCodes.Status201Created);
        }
        catch (Exception exception)
        {
            Wrong.Enqueue(exception.ToString());
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>RFC 8292: a token of the application's key for this service, which the subscription is bound to, good for a day at most.</summary>
    private async Task CheckSenderAsync(HttpRequest request, Browser browser)
    {
        var (scheme, parameters) = request.Headers.Authorization.Single()!.Split(' ', 2) is [var first, var rest] ? (first, rest) : default;
        Assert.Equal("vapid", scheme);
        var values = parameters.Split(',').Select(part => part.Trim().Split('=', 2)).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        Assert.Equal(browser.ApplicationServerKey, values["k"]);
        var point = Base64Url.DecodeFromChars(values["k"]);
        Assert.Equal((65, 4), (point.Length, (int)point[0]));
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        var token = await new JsonWebTokenHandler().ValidateTokenAsync(values["t"], new TokenValidationParameters
        {
            IssuerSigningKey = new ECDsaSecurityKey(key) { CryptoProviderFactory = new() { CacheSignatureProviders = false } },
            ValidAlgorithms = ["ES256"],

            // The library leaves the port out of the origin. Outside of tests there is none: endpoints are taken at the usual one alone.
            ValidAudience = new Uri(Origin) is var origin ? $"{origin.Scheme}://{origin.Host}" : null,
            ValidateIssuer = false,
        });
        Assert.True(token.IsValid, token.Exception?.ToString());
        Assert.True(token.SecurityToken.ValidTo <= DateTime.UtcNow.AddHours(24));
        Assert.Equal("mailto:push@example.org", token.Claims["sub"]);
    }
}

/// <summary>What a push service answers.</summary>
internal sealed record PushServiceAnswer(int Status, string? RetryAfter = null);

/// <summary>A browser that subscribed.</summary>
internal sealed class Browser(string endpoint, string applicationServerKey) : IDisposable
{
    private readonly ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] auth = RandomNumberGenerator.GetBytes(16);

    /// <summary>Where it is reached.</summary>
    public string Endpoint => endpoint;

    /// <summary>Who alone may send to it.</summary>
    public string ApplicationServerKey => applicationServerKey;

    /// <summary>What its service answers to the next messages; then it takes them.</summary>
    public ConcurrentQueue<PushServiceAnswer> Answers { get; } = [];

    /// <summary>What it got.</summary>
    public ConcurrentQueue<Pushed> Got { get; } = [];

    /// <summary>How often its service was called.</summary>
    public int Calls { get; set; }

    private byte[] Point => key.ExportParameters(false).Q is var point ? [4, .. point.X!, .. point.Y!] : throw new InvalidOperationException();

    /// <summary>What the browser's <c>toJSON()</c> says, with the kinds that are wanted.</summary>
    public object Subscription(params string[] kinds) => new
    {
        endpoint,
        expirationTime = (double?)null,
        keys = new { p256dh = Base64Url.EncodeToString(Point), auth = Base64Url.EncodeToString(auth) },
        kinds = kinds.Length == 0 ? null : kinds,
    };

    /// <summary>RFC 8291, section 3, and RFC 8188, section 2.</summary>
    public byte[] Decrypt(ReadOnlySpan<byte> message)
    {
        var salt = message[..16].ToArray();
        Assert.True(BinaryPrimitives.ReadUInt32BigEndian(message[16..]) >= message.Length - 86, "More than one record.");
        Assert.Equal(65, message[20]);
        var sender = message[21..86].ToArray();
        using var other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = sender[1..33], Y = sender[33..] } });
        var shared = key.DeriveRawSecretAgreement(other.PublicKey);
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, auth, [.. "WebPush: info\0"u8, .. Point, .. sender]);
        var content = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, Encoding.ASCII.GetBytes("Content-Encoding: aes128gcm\0"));
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, Encoding.ASCII.GetBytes("Content-Encoding: nonce\0"));
        var record = message[86..];
        var plain = new byte[record.Length - 16];
        using var aes = new AesGcm(content, 16);
        aes.Decrypt(nonce, record[..^16], record[^16..], plain);
        var end = plain.AsSpan().LastIndexOfAnyExcept((byte)0);
        Assert.Equal(2, plain[end]);
        return plain[..end];
    }

    public void Dispose() => key.Dispose();
}
