using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Tests.Moderation;

/// <summary>What tests of moderation and notifications do over HTTP again and again.</summary>
internal static class ModeratedHost
{
    /// <summary>A host whose classifier is given.</summary>
    public static Task<TestHost> StartAsync(ITextClassifier classifier, params string[] settings) =>
        TestHost.StartAsync(settings, configure: builder => builder.Services.AddSingleton(classifier));

    /// <summary>Posts and waits until everything that follows from it is done.</summary>
    public static async Task<string> PostAsync(this TestHost host, TestUser author, string text, string? replyTo = null)
    {
        using var response = await author.Client.PostAsJsonAsync("posts", new { text, replyTo });
        var post = await ReadAsync(response);
        await host.SettleAsync();
        return post.GetProperty("id").GetString()!;
    }

    public static async Task<JsonElement> GetAsync(this TestUser user, string path)
    {
        using var response = await user.Client.GetAsync(path);
        return await ReadAsync(response);
    }

    public static async Task<IReadOnlyList<JsonElement>> ItemsAsync(this TestUser user, string path) =>
        [.. (await user.GetAsync(path)).GetProperty("items").EnumerateArray()];

    /// <summary>Puts or deletes something without a body, such as a like, and waits for what follows.</summary>
    public static async Task DoAsync(this TestHost host, TestUser user, HttpMethod method, string path)
    {
        using var response = await user.Client.SendAsync(new HttpRequestMessage(method, path));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        await host.SettleAsync();
    }

    public static async Task<JsonElement> DecideAsync(this TestHost host, TestUser moderator, string postId, string decision, string? reason = null)
    {
        using var response = await moderator.Client.PostAsJsonAsync($"moderation/posts/{postId}/decision", new { decision, reason });
        var post = await ReadAsync(response);
        await host.SettleAsync();
        return post;
    }

    public static string StatusOf(JsonElement post) => post.GetProperty("moderation").GetProperty("status").GetString()!;

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        return body;
    }
}

/// <summary>A classifier that is down.</summary>
internal sealed class BrokenClassifier : ITextClassifier
{
    public string Name => "broken";

    public Task<IReadOnlyList<HarmScore>> ClassifyAsync(string text, string? language, CancellationToken cancellationToken) =>
        throw new HttpRequestException("The model does not answer.");
}

/// <summary>A classifier that is nearly sure of every harm the text names in brackets, such as <c>[Spam]</c>.</summary>
internal sealed class ObedientClassifier : ITextClassifier
{
    public string Name => "obedient-1";

    public Task<IReadOnlyList<HarmScore>> ClassifyAsync(string text, string? language, CancellationToken cancellationToken)
    {
        IReadOnlyList<HarmScore> scores =
            [.. Enum.GetValues<HarmCategory>().Where(harm => text.Contains($"[{harm}]", StringComparison.Ordinal)).Select(harm => new HarmScore(harm, 0.95, "said so"))];
        return Task.FromResult(scores);
    }
}
