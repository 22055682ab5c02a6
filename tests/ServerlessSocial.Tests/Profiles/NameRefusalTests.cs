using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ServerlessSocial.Profiles.Names;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Profiles;

public sealed class NameRefusalTests
{
    [Fact]
    public async Task Names_that_pass_for_staff_are_refused_with_their_field_at_sign_up_and_in_edits()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        Assert.Equal("displayName", await SignUpRefusedAsync(host, "helpful", "ServerlessSocial Support \u2714"));
        Assert.Equal("displayName", await SignUpRefusedAsync(host, "helpful", "\u0430dmin"));
        Assert.Equal("displayName", await SignUpRefusedAsync(host, "helpful", "\u202Enimda\u202C"));
        Assert.Equal("displayName", await SignUpRefusedAsync(host, "helpful", "\u2066Anna\u2069"));
        Assert.Equal("handle", await SignUpRefusedAsync(host, "support_team", "Sam"));
        Assert.Equal("handle", await SignUpRefusedAsync(host, "adm1n_sam", "Sam"));
        Assert.Equal("displayName", await RefusedAsync(await ProfileModerationTests.PatchAsync(anna, new { displayName = "\u0410dministrator" })));
        Assert.Equal("anna of the tests", (await anna.GetAsync("me")).GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task Names_that_merely_contain_such_words_are_taken_and_staff_may_be_called_what_it_is()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));

        using var fan = await ProfileModerationTests.PatchAsync(anna, new { displayName = "Adminton Fan" });
        using var sam = await ProfileModerationTests.PatchAsync(anna, new { displayName = "Supportive Sam" });
        using var staff = await ProfileModerationTests.PatchAsync(mona, new { displayName = "Mona, Moderator" });

        Assert.All(new[] { fan, sam, staff }, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Nobody_can_look_like_somebody_known_here_until_that_one_is_called_otherwise()
    {
        await using var host = await TestHost.StartAsync(["Profiles:KnownFrom=2"]);
        var (star, anna, ben) = (await host.SignUpAsync("rosa"), await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        using var named = await ProfileModerationTests.PatchAsync(star, new { displayName = "Rosa Luchs" });
        Assert.Null(await RefusedAsync(await ProfileModerationTests.PatchAsync(ben, new { displayName = "Rosa Luchs" })));
        await host.DoAsync(anna, HttpMethod.Put, "profiles/rosa/follow");
        await host.DoAsync(ben, HttpMethod.Put, "profiles/rosa/follow");

        await host.PostAsync(star, "So many of you!");

        Assert.Equal("displayName", await RefusedAsync(await ProfileModerationTests.PatchAsync(anna, new { displayName = "R\u043Esa  Luchs" })));
        Assert.Equal("displayName", await SignUpRefusedAsync(host, "somebody", "ROSA"));
        Assert.Equal("handle", await SignUpRefusedAsync(host, "r0sa", "Somebody"));
        Assert.Null(await RefusedAsync(await ProfileModerationTests.PatchAsync(star, new { displayName = "Rosa  Luchs!" })));
        Assert.Null(await RefusedAsync(await ProfileModerationTests.PatchAsync(star, new { displayName = "Rosa Dachs" })));
        await host.SettleAsync();
        Assert.Null(await RefusedAsync(await ProfileModerationTests.PatchAsync(anna, new { displayName = "Rosa Luchs" })));
    }

    [Fact]
    public async Task Nobody_can_look_like_a_moderator()
    {
        await using var host = await TestHost.StartAsync();
        await host.SignUpAsync("mona", "moderator");
        await host.SettleAsync();

        Assert.Equal("displayName", await SignUpRefusedAsync(host, "somebody", "M\u043Ena"));
        Assert.Equal("handle", await SignUpRefusedAsync(host, "m_o_n_a", "Somebody"));
    }

    [Fact]
    public async Task Letters_of_other_alphabets_and_shapes_pass_neither_for_staff_nor_for_a_moderator()
    {
        await using var host = await TestHost.StartAsync();
        await host.SignUpAsync("monikatuxc", "moderator");
        await host.SettleAsync();

        foreach (var name in new[] { "AD\u041CIN", "ADMI\u039D", "\u1D00\u1D05\u1D0D\u026A\u0274", "A\u0640D\u0640M\u0640I\u0640N", "ServerlessSocial News", "Mod Team", "Anna \u221A", "\u041CONIKATUXC" })
        {
            Assert.Equal("displayName", await SignUpRefusedAsync(host, "somebody", name));
        }

        Assert.Equal("handle", await SignUpRefusedAsync(host, "official_serverlesssocial_app", "Somebody"));
        Assert.Null(await SignUpRefusedAsync(host, "somebody", "Νίκος Модест 🇨🇭"));
    }

    [Fact]
    public async Task A_name_that_was_kept_under_the_key_of_before_is_kept_still()
    {
        await using var host = await TestHost.StartAsync();
        var mona = await host.SignUpAsync("mona", "moderator");
        await host.SettleAsync();
        await FormerlyKnownAsync(host, mona.Id, "ᴏᴛᴛᴏ");

        Assert.Equal("displayName", await SignUpRefusedAsync(host, "somebody", "ᴏᴛᴛᴏ"));
    }

    /// <summary>What an earlier version wrote: of small capitals it knew those that Unicode's table knows.</summary>
    private static async Task FormerlyKnownAsync(TestHost host, string profileId, string name)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(NameKey.Former(name))));
        Assert.DoesNotContain(NameKey.Former(name), NameKey.AllOf(name));
        await host.Documents().CreateAsync(new KnownNameDocument { Id = id, ProfileId = profileId }, default);
    }

    private static async Task<string?> SignUpRefusedAsync(TestHost host, string handle, string displayName)
    {
        using var client = host.NewClient(await host.TokenAsync(Guid.NewGuid().ToString("N")));
        return await RefusedAsync(await client.PostAsJsonAsync("profiles", new { handle, displayName }));
    }

    /// <summary>The field that is refused; null if nothing is.</summary>
    private static async Task<string?> RefusedAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var body = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True(response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.BadRequest, body.ToString());
            return response.IsSuccessStatusCode ? null : string.Join(',', body.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        }
    }
}
