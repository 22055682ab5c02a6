using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Telemetry;

namespace ServerlessSocial.Tests.Platform.Text;

/// <summary>Text that is cheap to send and dear to normalise, in every place where text comes in. What counts is how much reaches normalisation, not time.</summary>
[Collection(TelemetryTestGroup.Name)]
public sealed class HostileTextTests
{
    private const int Half = 125_000;

    private static readonly string Marks = new('\u0316', 31);

    /// <summary>Two bytes a mark, where escaped it would be six.</summary>
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string, string> Texts => new()
    {
        { "half a megabyte of two kinds of marks", "a" + new string('\u0301', Half) + new string('\u0316', Half) },
        { "a short one", "a" + new string('\u0301', 40) + new string('\u0316', 40) },
        { "no mark at all, and half a megabyte", new string('ä', 2 * Half) },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task It_is_refused_by_its_field_and_never_normalised(string why, string text)
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        using var stranger = host.NewClient(await host.TokenAsync("stranger"));
        var picture = await anna.UploadedAsync(SampleImages.Png);
        var removed = await host.PostAsync(anna, "[Hate]");
        await host.SettleAsync();

        using var recording = new Recording();
        (HttpClient Client, string Method, string Path, string Field, object Body)[] places =
        [
            (anna.Client, "POST", "posts", "text", new { text }),
            (anna.Client, "POST", "posts", "contentWarning", new { text = "a", contentWarning = text }),
            (anna.Client, "POST", "posts", "language", new { text = "a", language = text }),
            (anna.Client, "PATCH", "me", "displayName", new { displayName = text }),
            (anna.Client, "PATCH", "me", "bio", new { bio = text }),
            (anna.Client, "PATCH", "me", "interests", new { interests = new[] { text } }),
            (anna.Client, "PATCH", "me", "interests", new { interests = text.Chunk(40).Select(some => new string(some)) }),
            (stranger, "POST", "profiles", "handle", new { handle = text, displayName = "Ben" }),
            (stranger, "POST", "profiles", "displayName", new { handle = "ben", displayName = text }),
            (stranger, "POST", "profiles", "bio", new { handle = "ben", displayName = "Ben", bio = text }),
            (anna.Client, "POST", "images", "prompt", new { prompt = text }),
            (anna.Client, "PATCH", $"media/{picture}", "alt", new { alt = text }),
            (anna.Client, "POST", $"posts/{removed}/moderation/appeal", "text", new { text }),
            (mona.Client, "POST", $"moderation/cases/post.{removed}/decision", "reason", new { decision = "restore", reason = text }),
        ];
        foreach (var (client, method, path, field, body) in places)
        {
            if (text.Length < 100 && body.ToString()!.Contains("System.Linq", StringComparison.Ordinal))
            {
                continue;
            }

            Assert.Equal((why, $"{method} {path}", field), (why, $"{method} {path}", await RefusedFieldAsync(client, method, path, body)));
        }

        // A header holds few enough letters to be normalised, but not few enough marks.
        using var header = await anna.Client.UploadAsync(SampleImages.Png, alt: ("Alt-Text*", $"UTF-8''{Uri.EscapeDataString($"{text[..Math.Min(text.Length, 1_000)]}{Marks}")}"));
        Assert.Equal(HttpStatusCode.BadRequest, header.StatusCode);
        using var tag = await host.Anonymous.GetAsync($"tags/{Uri.EscapeDataString(text[..Math.Min(text.Length, 1_000)])}");
        Assert.Equal(HttpStatusCode.BadRequest, tag.StatusCode);
        Assert.Empty(await anna.ItemsAsync("me/images"));

        // What else stands in these requests: names, empty fields.
        Assert.InRange(recording.Measurements.Where(measured => measured.Name == "serverless_social.text.normalized").Sum(measured => measured.Value), 0, 50);
    }

    [Fact]
    public async Task The_longest_text_there_may_be_is_normalised_a_few_times_and_no_more()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var text = string.Concat(Enumerable.Repeat("a\u0316\u0323\u0301", 5_000));

        // What the classifier looks up once for all does not count.
        await host.PostAsync(anna, "Hello.");

        using var recording = new Recording();
        using var posted = await anna.Client.PostAsJsonAsync("posts", new { text });
        Assert.Equal(HttpStatusCode.Created, posted.StatusCode);
        await host.SettleAsync();

        // Once when it is read, and once each when the sample classifier and the rule about children fold it.
        Assert.InRange(Sum(), text.Length, 3 * text.Length);

        using var longer = await anna.Client.PostAsJsonAsync("posts", new { text = text + "\u0301" });
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);

        double Sum() => recording.Measurements.Where(measured => measured.Name == "serverless_social.text.normalized").Sum(measured => measured.Value);
    }

    private static async Task<string> RefusedFieldAsync(HttpClient client, string method, string path, object body)
    {
        var json = JsonSerializer.Serialize(body, Unescaped);
        using var request = new HttpRequestMessage(new(method), path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);
        using var response = await client.SendAsync(request);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{method} {path}: {problem}");
        return Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name;
    }
}
