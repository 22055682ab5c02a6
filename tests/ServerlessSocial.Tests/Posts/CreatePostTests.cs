using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Tests.Posts;

public sealed class CreatePostTests
{
    private const string Family = "👨‍👩‍👧‍👦";

    /// <summary>As many as 20,000 UTF-16 units hold, of 11 each.</summary>
    private const int MostFamilies = 1_818;

    [Fact]
    public async Task A_new_post_carries_what_its_text_says_and_shows_once_moderation_has_approved_it()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        var post = await anna.PostAsync(new { text = "  Guten Morgen, die Sonne scheint und ich bin mit dem Rad unterwegs #Rad  " });

        Assert.Contains(post.Status(), (string[])["pending", "approved"]);
        Assert.Equal("Guten Morgen, die Sonne scheint und ich bin mit dem Rad unterwegs #Rad", post.Text("text"));
        Assert.Equal(["rad"], post.Texts("tags"));
        Assert.Equal("de", post.Text("language"));
        Assert.Equal(post.Id(), post.Text("rootId"));
        Assert.Equal("anna", post.GetProperty("author").Text("handle"));
        Assert.Equal("human", post.GetProperty("provenance").Text("text"));
        Assert.Equal("public", post.Text("visibility"));

        await host.SettleAsync();
        var seen = await host.Anonymous.ReadAsync($"posts/{post.Id()}");
        Assert.Equal("approved", seen.Status());
        Assert.Equal(1, (await host.Anonymous.ReadAsync("profiles/anna")).Count("posts"));
        Assert.Equal([post.Id()], await host.Anonymous.ListAsync("profiles/anna/posts"));
    }

    [Fact]
    public async Task Length_is_counted_in_what_people_call_characters()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var longest = string.Concat(Enumerable.Repeat("é", 5_000));

        var post = await anna.PostAsync(longest);
        var families = await anna.PostAsync(string.Concat(Enumerable.Repeat(Family, MostFamilies)));
        var arabic = await anna.PostAsync("مرحبا بالعالم، هذا منشور طويل \u2067(انظر)\u2069");

        Assert.Equal(longest, post.Text("text"));
        Assert.Equal(string.Concat(Enumerable.Repeat(Family, MostFamilies)), families.Text("text"));
        Assert.Equal("ar", arabic.Text("language"));
        Assert.Equal(["text"], await anna.InvalidFieldsAsync(new { text = longest + "x" }));
        Assert.Equal(["text"], await anna.InvalidFieldsAsync(new { text = string.Concat(Enumerable.Repeat(Family, MostFamilies + 1)) }));
        Assert.Equal(["text"], await anna.InvalidFieldsAsync(new { text = " \u200B\n " }));
        Assert.Equal(["text"], await anna.InvalidFieldsAsync(new { text = "left open \u202E" }));
        Assert.Equal(["text"], await anna.InvalidFieldsAsync(new { }));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        var fields = await anna.InvalidFieldsAsync(new
        {
            text = "",
            contentWarning = new string('w', 201),
            language = "not a language",
        });

        Assert.Equal(["contentWarning", "language", "text"], fields);
        Assert.Equal(["visibility"], await anna.InvalidFieldsAsync(new { text = "a", visibility = "secret" }));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("../../profiles/anna")]
    [InlineData("0199c0c0c0c07000a000c0c0c0c0c0c0.0199c0c0c0c07000a000c0c0c0c0c0c0")]
    [InlineData("'; drop table posts; --")]
    [InlineData("")]
    public async Task Unknown_and_hostile_ids_lead_nowhere(string id)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var path = Uri.EscapeDataString(id);

        Assert.Equal(["quote", "replyTo"], await anna.InvalidFieldsAsync(new { text = "a", replyTo = id, quote = id }));
        Assert.Equal(["media"], await anna.InvalidFieldsAsync(new { text = "a", media = new[] { new { id } } }));
        if (id.Length > 0)
        {
            Assert.Equal(HttpStatusCode.NotFound, await anna.Client.StatusAsync($"posts/{path}"));
            Assert.Equal(HttpStatusCode.NotFound, await anna.Client.StatusAsync($"posts/{path}/thread"));
            Assert.Equal(HttpStatusCode.NotFound, await anna.DeleteAsync($"posts/{path}"));
            Assert.Equal(HttpStatusCode.NotFound, await anna.PutAsync($"posts/{path}/like"));
        }
    }

    [Fact]
    public async Task The_same_key_writes_one_post_however_often_and_at_once()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(anna, "once", "key-1")));
        var (status, _) = await SendAsync(anna, "twice", "key-1");

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Single(answers.Select(answer => answer.Body.Id()).Distinct());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Single(await anna.Client.ListAsync("profiles/anna/posts"));
    }

    [Fact]
    public async Task A_request_that_broke_off_after_writing_its_post_finds_it_when_repeated()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var (_, first) = await SendAsync(anna, "once", "key-1");
        var account = host.Services.GetRequiredService<ServiceKey>().AccountIdOf(LocalTokenKeys.Issuer, "anna");
        var claim = Assert.Single((await documents.QueryAsync<IdempotencyDocument>(new DocumentQuery(account, 10), CancellationToken.None)).Items);
        await documents.ReplaceAsync(claim with { IsDone = false, ClaimedUntil = DateTimeOffset.UnixEpoch }, CancellationToken.None);

        var (status, second) = await SendAsync(anna, "once", "key-1");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal(first.Id(), second.Id());
        Assert.Equal([first.Id()], await anna.Client.ListAsync("profiles/anna/posts"));
    }

    [Fact]
    public async Task Mentions_are_the_people_that_exist()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        await host.SignUpAsync("ben_7");

        var post = await anna.PostAsync("Hello @Ben_7 and @nobody_here, write to anna@ben_7.example");

        Assert.Equal(["ben_7"], post.Texts("mentions"));
    }

    [Fact]
    public async Task Posting_asks_for_a_profile_and_for_json()
    {
        await using var host = await TestHost.StartAsync();
        using var stranger = host.NewClient(await host.TokenAsync("stranger"));
        var anna = await host.SignUpAsync("anna");
        using var text = new StringContent("hello");

        using var anonymous = await host.Anonymous.PostAsJsonAsync("posts", new { text = "a" });
        using var noProfile = await stranger.PostAsJsonAsync("posts", new { text = "a" });
        using var noJson = await anna.Client.PostAsync("posts", text);

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, noProfile.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, noJson.StatusCode);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(TestUser user, string text, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "posts") { Content = JsonContent.Create(new { text }) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await user.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
