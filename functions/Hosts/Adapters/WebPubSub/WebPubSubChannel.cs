using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Live;

namespace ServerlessSocial.Hosts.Adapters.WebPubSub;

/// <summary>Settings section <c>WebPubSub</c>.</summary>
public sealed class WebPubSubOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "WebPubSub";

    /// <summary>Address of the resource, such as <c>https://NAME.webpubsub.azure.com</c>; empty has no live channel.</summary>
    public string Endpoint { get; set; } = string.Empty;

    /// <summary>The hub: letters, digits and underscores.</summary>
    public string Hub { get; set; } = "live";
}

/// <summary>
/// The live port over Azure Web PubSub by its REST interface (data plane, version 2024-12-01): it holds the connections, which functions should not, and a message to somebody who is not there is dropped by it.
/// What it is told is the topic alone, as text.
/// </summary>
internal sealed partial class WebPubSubChannel(HttpClient http, TokenCredential credential, IOptions<WebPubSubOptions> options, TimeProvider time, ILogger<WebPubSubChannel> log) : ILiveChannel
{
    private const string Version = "2024-12-01";
    private const int MinutesToConnect = 60;

    /// <summary>Calls at once: a post to many followers must not take the connections of everything else.</summary>
    private const int SideBySide = 16;

    private static readonly TokenRequestContext Scope = new(["https://webpubsub.azure.com/.default"]);

    private string Hub => $"{options.Value.Endpoint.TrimEnd('/')}/api/hubs/{options.Value.Hub}";

    /// <inheritdoc/>
    public async ValueTask TellAsync(IEnumerable<string> profileIds, LiveTopics topic, CancellationToken cancellationToken)
    {
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(profileIds, parallel, (profileId, token) => TellAsync(profileId, topic, token));
        }
        catch (Exception exception) when (exception is HttpRequestException or AuthenticationFailedException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // What is new is found by whoever looks: no worker does its work again because nobody could be woken.
            NotTold(log, exception, topic);
        }
    }

    /// <inheritdoc/>
    public ILiveEar? Listen(string profileId) => null;

    /// <inheritdoc/>
    public async ValueTask<LiveAddress?> AddressOfAsync(string profileId, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"{Hub}/:generateToken?userId={Uri.EscapeDataString(profileId)}&minutesToExpire={MinutesToConnect}&api-version={Version}", null, cancellationToken);
        var made = (await answer.Content.ReadFromJsonAsync<ClientToken>(cancellationToken))!;
        var socket = new UriBuilder(options.Value.Endpoint) { Path = $"/client/hubs/{options.Value.Hub}", Query = $"access_token={made.Token}" };
        socket.Scheme = socket.Scheme == Uri.UriSchemeHttps ? "wss" : "ws";
        return new(socket.Uri.AbsoluteUri, time.GetUtcNow().AddMinutes(MinutesToConnect));
    }

    private async ValueTask TellAsync(string profileId, LiveTopics topic, CancellationToken cancellationToken)
    {
        using var content = new StringContent(topic == LiveTopics.Feed ? "feed" : "notification");
        using var answer = await SendAsync(HttpMethod.Post, $"{Hub}/users/{Uri.EscapeDataString(profileId)}/:send?api-version={Version}", content, cancellationToken);
    }

    /// <summary>Calls the service.</summary>
    /// <exception cref="HttpRequestException">It refused, or is out.</exception>
    private async ValueTask<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await credential.GetTokenAsync(Scope, cancellationToken)).Token);
        var answer = await http.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw new HttpRequestException($"Web PubSub answered {(int)answer.StatusCode}.", null, answer.StatusCode);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Who is connected could not be told of {Topic}.")]
    private static partial void NotTold(ILogger log, Exception exception, LiveTopics topic);

    private sealed record ClientToken([property: JsonPropertyName("token")] string Token);
}
