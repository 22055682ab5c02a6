using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Tests.Profiles;

public sealed class ProfileTests
{
    [Fact]
    public async Task Anyone_finds_a_profile_by_its_handle_in_any_case()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var berta = await host.SignUpAsync("berta");

        using var anonymous = await host.Anonymous.GetAsync("profiles/ANNA");
        var seenByNobody = await anonymous.Content.ReadFromJsonAsync<JsonElement>();
        var seenByBerta = await berta.Client.GetFromJsonAsync<JsonElement>("profiles/anna");
        var seenByAnna = await anna.Client.GetFromJsonAsync<JsonElement>("profiles/anna");
        using var missing = await host.Anonymous.GetAsync("profiles/nobody_here");
        using var impossible = await host.Anonymous.GetAsync("profiles/%20%F0%9F%98%80");

        Assert.Equal(HttpStatusCode.OK, anonymous.StatusCode);
        Assert.Equal(anna.Id, seenByNobody.GetProperty("id").GetString());
        Assert.False(seenByNobody.TryGetProperty("viewer", out _));
        Assert.False(seenByAnna.TryGetProperty("viewer", out _));
        Assert.Equal("""{"following":false,"requested":false,"followedBy":false,"blocking":false,"muting":false,"hidesBoosts":false}""", seenByBerta.GetProperty("viewer").GetRawText());
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, impossible.StatusCode);
    }

    [Fact]
    public async Task My_own_profile_needs_a_token_and_a_profile()
    {
        await using var host = await TestHost.StartAsync();
        var stranger = host.NewClient(await host.TokenAsync("stranger"));

        using var anonymous = await host.Anonymous.GetAsync("me");
        using var without = await stranger.GetAsync("me");

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, without.StatusCode);
    }

    [Fact]
    public async Task A_change_leaves_alone_what_it_does_not_name_and_null_empties()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        using var first = await PatchAsync(anna.Client, "*", """{"bio":"Hello","interests":["maps"]}""");

        using var second = await PatchAsync(anna.Client, first.Headers.ETag!.ToString(), """{"displayName":" Ännchen "}""");
        var changed = await second.Content.ReadFromJsonAsync<JsonElement>();
        using var third = await PatchAsync(anna.Client, second.Headers.ETag!.ToString(), """{"bio":null,"interests":null}""");
        using var me = await anna.Client.GetAsync("me");
        var now = await me.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal("Ännchen", changed.GetProperty("displayName").GetString());
        Assert.Equal("Hello", changed.GetProperty("bio").GetString());
        Assert.Equal("maps", changed.GetProperty("interests")[0].GetString());
        Assert.Equal(third.Headers.ETag, me.Headers.ETag);
        Assert.False(me.Headers.ETag!.IsWeak);
        Assert.Equal(string.Empty, now.GetProperty("bio").GetString());
        Assert.Equal(0, now.GetProperty("interests").GetArrayLength());
        Assert.Equal("Ännchen", now.GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task A_change_must_say_which_version_it_is_about()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        using var before = await anna.Client.GetAsync("me");
        var etag = before.Headers.ETag!.ToString();

        using var without = await PatchAsync(anna.Client, null, """{"bio":"x"}""");
        using var nonsense = await PatchAsync(anna.Client, "nonsense", """{"bio":"x"}""");
        using var weak = await PatchAsync(anna.Client, $"W/{etag}", """{"bio":"x"}""");
        var both = await Task.WhenAll(PatchAsync(anna.Client, etag, """{"bio":"one"}"""), PatchAsync(anna.Client, etag, """{"bio":"two"}"""));
        using var stale = await PatchAsync(anna.Client, etag, """{"bio":"three"}""");
        var winner = await both.Single(answer => answer.StatusCode == HttpStatusCode.OK).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((HttpStatusCode)428, without.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, weak.StatusCode);
        Assert.Single(both, answer => answer.StatusCode == HttpStatusCode.PreconditionFailed);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal(winner.GetProperty("bio").GetString(), (await anna.Client.GetFromJsonAsync<JsonElement>("me")).GetProperty("bio").GetString());
    }

    [Theory]
    [InlineData("""{"displayName":null}""", "displayName")]
    [InlineData("""{"displayName":""}""", "displayName")]
    [InlineData("""{"displayName":5}""", "displayName")]
    [InlineData("""{"interests":[""]}""", "interests")]
    [InlineData("""{"avatar":{}}""", "avatar")]
    [InlineData("""{"avatar":{"mediaId":"nonsense"}}""", "avatar")]
    public async Task A_change_that_is_not_valid_is_refused_and_changes_nothing(string body, string field)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var response = await PatchAsync(anna.Client, "*", body);
        using var me = await anna.Client.GetAsync("me");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
        Assert.Equal("\"1\"", me.Headers.ETag?.ToString());
    }

    [Fact]
    public async Task An_avatar_is_one_of_ones_own_pictures_and_can_be_removed()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var berta = await host.SignUpAsync("berta");
        var mine = await PictureAsync(host, anna);
        var foreign = await PictureAsync(host, berta);
        var gone = OwnedIds.Make(Ids.New(TimeProvider.System), anna.Id);

        using var notMine = await PatchAsync(anna.Client, "*", Avatar(foreign));
        using var missing = await PatchAsync(anna.Client, "*", Avatar(gone));
        using var set = await PatchAsync(anna.Client, "*", Avatar(mine));
        using var kept = await PatchAsync(anna.Client, "*", """{"bio":"with picture"}""");
        using var removed = await PatchAsync(anna.Client, "*", """{"avatar":null}""");

        Assert.Equal(HttpStatusCode.BadRequest, notMine.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
        Assert.Equal($"/api/media/{mine}", (await set.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("avatarUrl").GetString());
        Assert.Equal($"/api/media/{mine}", (await kept.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("avatarUrl").GetString());
        Assert.False((await removed.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("avatarUrl", out _));
    }

    private static string Avatar(string mediaId) => JsonSerializer.Serialize(new { avatar = new { mediaId } });

    private static async Task<string> PictureAsync(TestHost host, TestUser owner)
    {
        var id = OwnedIds.Make(Ids.New(TimeProvider.System), owner.Id);
        await host.Services.GetRequiredService<IDocumentStore>().CreateAsync(
            new MediaDocument
            {
                Id = id,
                OwnerId = owner.Id,
                ContentType = "image/png",
                Extension = ".png",
                Width = 1,
                Height = 1,
                BlobName = id,
                CreatedAt = TimeProvider.System.GetUtcNow(),
            },
            default);
        return id;
    }

    private static async Task<HttpResponseMessage> PatchAsync(HttpClient client, string? ifMatch, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "me") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await client.SendAsync(request);
    }
}
