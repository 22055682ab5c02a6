using System.Net;
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
        using var response = await moderator.Client.PostAsJsonAsync($"moderation/cases/post.{postId}/decision", new { decision, clause = "other", reason });
        var decided = await ReadAsync(response);
        await host.SettleAsync();
        return decided;
    }

    /// <summary>The posts, profiles or pictures that wait for a person's decision, as the moderators' list has them.</summary>
    public static async Task<IReadOnlyList<string>> HeldAsync(this TestUser moderator, string query = "", string type = "post", string kind = "held") =>
        [
            .. (await moderator.ItemsAsync($"moderation/queue?kind={kind}{query}"))
                .Select(item => item.GetProperty("subject"))
                .Where(subject => subject.GetProperty("type").GetString() == type)
                .Select(subject => subject.GetProperty("id").GetString()!),
        ];

    /// <summary>Releases a profile that is held: it is before everything else of its owner in the moderators' list.</summary>
    public static async Task ReleaseProfileAsync(this TestHost host, TestUser moderator, TestUser owner)
    {
        var edition = (await moderator.ClaimAsync($"profile.{owner.Id}")).GetProperty("profile").GetProperty("edition").GetInt64();
        await moderator.SendAsync($"moderation/cases/profile.{owner.Id}/decision", new { decision = "keep", edition });
        await host.SettleAsync();
    }

    /// <summary>Takes a case.</summary>
    public static async Task<JsonElement> ClaimAsync(this TestUser moderator, string caseId)
    {
        using var response = await moderator.Client.PostAsync($"moderation/cases/{caseId}/claim", null);
        return await ReadAsync(response);
    }

    /// <summary>Calls, expecting that it works.</summary>
    public static async Task<JsonElement> SendAsync(this TestUser user, string path, object body)
    {
        using var response = await user.Client.PostAsJsonAsync(path, body);
        return await ReadAsync(response);
    }

    /// <summary>Calls, and tells the status alone.</summary>
    public static async Task<HttpStatusCode> TrySendAsync(this TestUser user, string path, object? body = null)
    {
        using var response = await user.Client.PostAsJsonAsync(path, body ?? new { });
        return response.StatusCode;
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
