using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Posts;
using ServerlessSocial.Tests.Profiles;
using ServerlessSocial.Tests.Provenance;

namespace ServerlessSocial.Tests.Moderation;

public sealed class PictureModerationTests
{
    [Fact]
    public async Task Every_picture_is_looked_at_once_and_what_is_approved_is_shown_like_any()
    {
        var eyes = new Eyes();
        await using var host = await TestHost.StartAsync(["Moderation:NewAccountDays=3"], eyes.Register);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));

        var id = await anna.UploadedAsync(Scenes.Jpeg(1));
        var post = await PostAsync(host, anna, id);

        Assert.Equal("approved", (await ben.GetAsync($"posts/{post}")).Status());
        Assert.Single(await ben.ItemsAsync("tags/weather"));
        Assert.Equal(1, eyes.Calls);
        Assert.Equal("image/webp", eyes.LastType);
        Assert.Empty(await anna.ItemsAsync($"media/{id}/moderation"));
    }

    [Theory]
    [InlineData(HarmCategory.Nudity, 0.6, "limited")]
    [InlineData(HarmCategory.Nudity, 0.9, "held")]
    [InlineData(HarmCategory.SexualMinors, 0.99, "removed")]
    public async Task What_is_seen_on_a_picture_holds_for_the_post_that_shows_it(HarmCategory category, double score, string status)
    {
        var eyes = new Eyes { Answer = _ => new ImageExamined([new(category, score, null)]) };
        await using var host = await TestHost.StartAsync(configure: eyes.Register);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await ben.GetAsync("feed");

        // The post is there before the model has looked.
        eyes.Close();
        var id = await anna.UploadedAsync(Scenes.Jpeg(1));
        var post = (await anna.PostAsync(new { text = "Look #weather", media = new[] { new { id } } })).Id();
        eyes.Open();
        await host.SettleAsync();

        Assert.Equal(status, (await anna.GetAsync($"posts/{post}")).Status());
        var visible = status == "limited";
        Assert.Equal(visible ? 200 : 404, await ben.Client.StatusOfAsync($"posts/{post}"));
        Assert.Equal((visible ? 200 : 404, visible ? 200 : 404), await SeenAsync(ben.Client, id));
        Assert.Equal(visible ? 1 : 0, (await ben.ItemsAsync("feed")).Count);
        Assert.Empty(await ben.ItemsAsync("tags/weather"));
        Assert.Equal(status, Assert.Single(await anna.ItemsAsync($"media/{id}/moderation")).Text("status"));
        Assert.Contains("A picture of yours", Assert.Single(await anna.ItemsAsync("notifications"), told => told.Text("kind") == "moderation").Text("text"));
        Assert.Equal(404, await ben.Client.StatusOfAsync($"media/{id}/moderation"));
    }

    [Fact]
    public async Task What_a_model_would_not_look_at_waits_for_a_person_after_one_call_and_comes_out_when_released()
    {
        var eyes = new Eyes { Answer = _ => new ImageNotExamined("content_filter") };
        await using var host = await TestHost.StartAsync(configure: eyes.Register);
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        var id = await anna.UploadedAsync(Scenes.Jpeg(1));
        using var avatar = await ProfileModerationTests.PatchAsync(anna, new { header = new { mediaId = id } });
        var post = await PostAsync(host, anna, id);

        Assert.Equal(1, eyes.Calls);
        Assert.Equal("held", (await anna.GetAsync($"posts/{post}")).Status());
        Assert.False((await ben.GetAsync("profiles/anna")).TryGetProperty("headerUrl", out _));
        Assert.Equal((404, 404), await SeenAsync(ben.Client, id));
        Assert.Equal((404, 404), await SeenAsync(mona.Client, id));
        Assert.Equal(404, await mona.Client.StatusOfAsync($"media/{id}/moderation"));
        Assert.Equal($"media.{id}", Assert.Single(await mona.ItemsAsync("moderation/queue?kind=held")).Id());
        Assert.Equal(id, (await mona.ClaimAsync($"media.{id}")).GetProperty("media").Id());
        Assert.Equal((200, 200), await SeenAsync(mona.Client, id));
        Assert.Single(await mona.ItemsAsync($"media/{id}/moderation"));

        Assert.Equal(HttpStatusCode.OK, await DecideAsync(host, mona, id, "keep"));

        Assert.Equal("approved", (await ben.GetAsync($"posts/{post}")).Status());
        Assert.Single(await ben.ItemsAsync("tags/weather"));
        Assert.Equal($"/api/media/{id}", (await ben.GetAsync("profiles/anna")).Text("headerUrl"));
        Assert.Equal((200, 200), await SeenAsync(host.Anonymous, id));
        Assert.Empty(await mona.ItemsAsync("moderation/queue?kind=held"));
    }

    [Fact]
    public async Task A_model_that_is_out_is_asked_again_and_after_its_last_try_a_person_looks()
    {
        await using var host = await TestHost.StartAsync(configure: new Eyes { Answer = _ => throw new HttpRequestException("Away.") }.Register);
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));

        var id = await anna.UploadedAsync(Scenes.Jpeg(1));
        await host.SettleAsync();

        Assert.Equal(ModeratePostDeadLetter.Reason, Assert.Single(await anna.ItemsAsync($"media/{id}/moderation")).Text("reason"));
        Assert.Equal([id], await mona.HeldAsync(type: "media"));
    }

    [Fact]
    public async Task Without_a_model_that_sees_the_record_says_so_and_a_new_accounts_picture_reaches_followers_alone()
    {
        await using var host = await TestHost.StartAsync(["Moderation:NewAccountDays=3"]);
        var (anna, ben, cleo, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("mona", "moderator"));
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await host.DoAsync(cleo, HttpMethod.Put, "profiles/ben/follow");
        await ben.GetAsync("feed");
        await cleo.GetAsync("feed");
        var id = await anna.UploadedAsync(Scenes.Jpeg(1));
        var post = await PostAsync(host, anna, id, "Look, @ben and @cleo #weather");

        Assert.Equal(ModerateMedia.LookedAtNothing, Assert.Single(await anna.ItemsAsync($"media/{id}/moderation")).Text("reason"));
        var mine = await anna.GetAsync($"posts/{post}");
        Assert.Equal("approved", mine.Status());
        Assert.Contains("the account is new", mine.GetProperty("moderation").Text("reason"), StringComparison.Ordinal);
        Assert.Equal(post, Assert.Single(await ben.ItemsAsync("feed")).GetProperty("post").Id());
        Assert.Contains(await ben.ItemsAsync("notifications"), told => told.Text("kind") == "mention");
        Assert.Empty(await cleo.ItemsAsync("notifications"));
        Assert.Empty(await cleo.ItemsAsync("tags/weather"));
        Assert.Equal(HttpStatusCode.Conflict, await ben.PutAsync($"posts/{post}/boost"));
        Assert.Equal(200, await cleo.Client.StatusOfAsync($"posts/{post}"));
        Assert.Equal((200, 200), await SeenAsync(host.Anonymous, id));
        Assert.Single(await cleo.ItemsAsync("profiles/anna/posts"));

        var words = await host.PostAsync(anna, "No picture #weather");
        Assert.Equal(words, Assert.Single(await cleo.ItemsAsync("tags/weather")).Id());

        // A person looked at it: from now on it is like any other.
        Assert.Equal(HttpStatusCode.OK, await DecideAsync(host, mona, id, "keep"));
        Assert.Equal(2, (await cleo.ItemsAsync("tags/weather")).Count);
        Assert.Equal(HttpStatusCode.OK, await ben.PutAsync($"posts/{post}/boost"));
    }

    /// <summary>What a file says of itself is no reason to trust it: its mark labels it, and nobody has looked at it or at a description.</summary>
    [Fact]
    public async Task An_upload_that_says_a_model_made_it_is_no_picture_that_was_made_here()
    {
        await using var host = await TestHost.StartAsync(["Moderation:NewAccountDays=3"]);
        var anna = await host.SignUpAsync("anna");
        var id = await anna.UploadedAsync(Signed.File(PictureFormat.Jpeg, Signed.Key()));
        var post = await PostAsync(host, anna, id, "Look #weather");

        Assert.Equal("generated", (await anna.GetAsync($"posts/{post}")).GetProperty("media")[0].GetProperty("provenance").Text("source"));
        Assert.Equal(ModerateMedia.LookedAtNothing, Assert.Single(await anna.ItemsAsync($"media/{id}/moderation")).Text("reason"));
        Assert.Empty(await anna.ItemsAsync("tags/weather"));
    }

    [Fact]
    public async Task Pictures_of_accounts_that_are_old_enough_are_spread_though_nothing_looked_at_them()
    {
        await using var host = await TestHost.StartAsync(["Moderation:NewAccountDays=3"]);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        await host.Documents().UpdateAsync<ServerlessSocial.Profiles.ProfileDocument>(anna.Id, anna.Id, profile => profile with { CreatedAt = profile.CreatedAt.AddDays(-3) }, default);

        await PostAsync(host, anna, await anna.UploadedAsync(Scenes.Jpeg(1)));

        Assert.Single(await ben.ItemsAsync("tags/weather"));
    }

    [Fact]
    public async Task A_removed_picture_leaves_post_and_profile_and_its_thumbnails_are_served_no_more_until_it_is_released()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var (mona, max) = (await host.SignUpAsync("mona", "moderator"), await host.SignUpAsync("max", "moderator"));
        var (posted, shown) = (await anna.UploadedAsync(Scenes.Jpeg(1)), await anna.UploadedAsync(Scenes.Jpeg(2)));
        var post = await PostAsync(host, anna, posted);
        using var avatar = await ProfileModerationTests.PatchAsync(anna, new { avatar = new { mediaId = shown } });
        await host.SettleAsync();
        Assert.Equal($"/api/media/{shown}", (await ben.GetAsync($"posts/{post}")).GetProperty("author").Text("avatarUrl"));

        await DecideAsync(host, mona, posted, "remove");
        await DecideAsync(host, mona, shown, "remove");

        Assert.Equal(404, await ben.Client.StatusOfAsync($"posts/{post}"));
        Assert.Equal("removed", (await anna.GetAsync($"posts/{post}")).Status());
        Assert.Equal((404, 404), await SeenAsync(ben.Client, posted));
        Assert.Equal((404, 404), await SeenAsync(host.Anonymous, shown));
        Assert.False((await ben.GetAsync("profiles/anna")).TryGetProperty("avatarUrl", out _));
        Assert.False((await anna.GetAsync("me")).TryGetProperty("avatarUrl", out _));
        using var refused = await ProfileModerationTests.PatchAsync(anna, new { avatar = new { mediaId = shown } });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["media"], await anna.InvalidFieldsAsync(new { text = "Again", media = new[] { new { id = shown } } }));

        using var appeal = await anna.Client.PostAsJsonAsync($"media/{posted}/moderation/appeal", new { text = "My own garden." });
        using var notMine = await ben.Client.PostAsJsonAsync($"media/{posted}/moderation/appeal", new { text = "My own garden." });
        await host.SettleAsync();
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (appeal.StatusCode, notMine.StatusCode));
        Assert.Equal([posted], await max.HeldAsync(type: "media", kind: "appealed"));
        Assert.Equal(HttpStatusCode.Conflict, await anna.TrySendAsync($"media/{posted}/moderation/appeal", new { text = "My own garden." }));
        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(host, mona, posted, "keep"));
        Assert.Equal("My own garden.", (await max.ClaimAsync($"media.{posted}")).Text("appeal"));
        await DecideAsync(host, max, posted, "restore");
        Assert.Equal("approved", (await ben.GetAsync($"posts/{post}")).Status());
        Assert.Equal((200, 200), await SeenAsync(ben.Client, posted));
    }

    [Fact]
    public async Task A_removed_picture_does_not_come_back_whoever_uploads_it_in_whatever_file()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        var id = await anna.UploadedAsync(Scenes.Png(1));
        await PostAsync(host, anna, id);
        await DecideAsync(host, mona, id, "remove");

        var same = await ben.UploadedAsync(Scenes.Png(1, compression: 9));
        var smaller = await ben.UploadedAsync(Scenes.Jpeg(1, scale: 0.5, quality: 60));
        var other = await ben.UploadedAsync(Scenes.Jpeg(2));
        await host.SettleAsync();

        Assert.Equal(["media"], await ben.InvalidFieldsAsync(new { text = "Again", media = new[] { new { id = same } } }));
        using var refused = await ProfileModerationTests.PatchAsync(ben, new { avatar = new { mediaId = same } });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal((404, 404), await SeenAsync(anna.Client, same));
        Assert.Contains("removed before", Assert.Single(await ben.ItemsAsync($"media/{same}/moderation")).Text("reason"));
        Assert.Equal("held", Assert.Single(await ben.ItemsAsync($"media/{smaller}/moderation")).Text("status"));
        Assert.Equal("approved", Assert.Single(await ben.ItemsAsync($"media/{other}/moderation")).Text("status"));
        Assert.Equal([smaller], await mona.HeldAsync(type: "media"));

        // Released after all, it may come again.
        await DecideAsync(host, mona, id, "restore");
        var again = await ben.UploadedAsync(Scenes.Png(1));
        await host.SettleAsync();
        Assert.Equal("approved", Assert.Single(await ben.ItemsAsync($"media/{again}/moderation")).Text("status"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_removed_picture_does_not_come_back_as_a_later_frame_of_an_animation_or_mirrored(bool gif)
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        var id = await anna.UploadedAsync(Scenes.Png(1));
        await PostAsync(host, anna, id);
        await DecideAsync(host, mona, id, "remove");

        var second = await ben.UploadedAsync(Scenes.Animated(gif, (-1, 10), (1, 60_000)));
        var amongMany = await ben.UploadedAsync(Scenes.Animated(gif, 0.2, [.. Enumerable.Range(100, 30).Select(scene => (scene, 100)), (1, 500), .. Enumerable.Range(130, 30).Select(scene => (scene, 100))]));
        var mirrored = await ben.UploadedAsync(Scenes.Mirrored(1));
        var other = await ben.UploadedAsync(Scenes.Animated(gif, (-1, 10), (2, 60_000), (3, 100)));
        await host.SettleAsync();

        Assert.NotEqual("approved", await StatusAsync(ben, second));
        Assert.NotEqual("approved", await StatusAsync(ben, amongMany));
        Assert.Equal("held", await StatusAsync(ben, mirrored));
        Assert.Equal("approved", await StatusAsync(ben, other));
    }

    [Fact]
    public async Task Frames_of_a_removed_animation_do_not_come_back_unseen_and_its_blank_ones_hold_nobody()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        var id = await anna.UploadedAsync(Scenes.Animated(gif: false, (-1, 10), (1, 60_000)));
        await PostAsync(host, anna, id);
        await DecideAsync(host, mona, id, "remove");

        var same = await ben.UploadedAsync(Scenes.Animated(gif: false, (-1, 10), (1, 60_000)));
        var still = await ben.UploadedAsync(Scenes.Png(1));
        var blank = await ben.UploadedAsync(Scenes.Animated(gif: false, (-1, 10), (2, 60_000)));
        await host.SettleAsync();

        Assert.Equal("removed", await StatusAsync(ben, same));
        Assert.Equal("held", await StatusAsync(ben, still));
        Assert.Equal("approved", await StatusAsync(ben, blank));

        await DecideAsync(host, mona, id, "restore");
        var again = await ben.UploadedAsync(Scenes.Png(1));
        await host.SettleAsync();
        Assert.Equal("approved", await StatusAsync(ben, again));
    }

    [Fact]
    public async Task A_model_sees_the_frames_of_an_animation_on_one_sheet_in_one_call()
    {
        var seen = new List<(int Width, int Height, char Colour)>();
        var eyes = new Eyes
        {
            Answer = picture =>
            {
                using var sheet = Drawn.Read(picture.ToArray());
                seen.Add((sheet.Width, sheet.Height, Drawn.ColourAt(sheet, 0.15, 0.5)));
                return new ImageExamined([]);
            },
        };
        await using var host = await TestHost.StartAsync(configure: eyes.Register);
        var anna = await host.SignUpAsync("anna");

        await anna.UploadedAsync(Scenes.Animated(gif: true, (-1, 10), (1, 60_000)));
        await host.SettleAsync();

        Assert.Equal(1, eyes.Calls);
        Assert.Equal([(640, 213, 'W')], seen);
    }

    private static async Task<string?> StatusAsync(TestUser owner, string mediaId) =>
        (await owner.ItemsAsync($"media/{mediaId}/moderation")) is [var decision, ..] ? decision.Text("status") : "none";

    [Fact]
    public async Task Pictures_made_by_a_model_are_looked_at_too()
    {
        var eyes = new Eyes { Answer = _ => new ImageExamined([new(HarmCategory.Gore, 0.9, null)]) };
        await using var host = await TestHost.StartAsync(configure: eyes.Register);
        var anna = await host.SignUpAsync("anna");

        using var asked = await anna.Client.PostAsJsonAsync("images", new { prompt = "a lighthouse" });
        await host.SettleAsync();

        var id = (await anna.GetAsync($"images/{(await asked.Content.ReadFromJsonAsync<JsonElement>()).Id()}")).GetProperty("media").Id();
        Assert.Equal("held", Assert.Single(await anna.ItemsAsync($"media/{id}/moderation")).Text("status"));
    }

    [Fact]
    public async Task Only_moderators_decide_on_pictures_and_never_on_their_own()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        var (annas, own, kept) = (await anna.UploadedAsync(Scenes.Jpeg(1)), await mona.UploadedAsync(Scenes.Jpeg(1)), await anna.UploadedAsync(Scenes.Jpeg(2)));
        await PostAsync(host, anna, annas);

        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(host, anna, annas, "remove"));
        Assert.Equal(HttpStatusCode.Forbidden, await DecideAsync(host, mona, own, "remove"));
        Assert.Equal(HttpStatusCode.NotFound, await DecideAsync(host, mona, "nothing", "remove"));
        Assert.Equal(HttpStatusCode.NotFound, await DecideAsync(host, mona, kept, "remove"));
        Assert.Equal(HttpStatusCode.BadRequest, await DecideAsync(host, mona, annas, "warn"));
    }

    private static async Task<string> PostAsync(TestHost host, TestUser author, string mediaId, string text = "Look #weather")
    {
        await host.SettleAsync();
        var post = await author.PostAsync(new { text, media = new[] { new { id = mediaId } } });
        await host.SettleAsync();
        return post.Id();
    }

    private static async Task<HttpStatusCode> DecideAsync(TestHost host, TestUser moderator, string mediaId, string decision)
    {
        var status = await moderator.TrySendAsync($"moderation/cases/media.{mediaId}/decision", new { decision, clause = "other" });
        await host.SettleAsync();
        return status;
    }

    private static async Task<(int Whole, int Small)> SeenAsync(HttpClient client, string mediaId) =>
        (await client.StatusOfAsync($"media/{mediaId}"), await client.StatusOfAsync($"media/{mediaId}/320"));
}

/// <summary>A model that sees what a test tells it.</summary>
internal sealed class Eyes : IImageClassifier
{
    private volatile TaskCompletionSource open = Opened();
    private int calls;

    public string Name => "eyes";

    public Func<ReadOnlyMemory<byte>, ImageFindings> Answer { get; init; } = _ => new ImageExamined([]);

    public int Calls => calls;

    public string? LastType { get; private set; }

    public async Task<ImageFindings> ClassifyAsync(ReadOnlyMemory<byte> picture, string contentType, CancellationToken cancellationToken)
    {
        await open.Task.WaitAsync(cancellationToken);
        Interlocked.Increment(ref calls);
        LastType = contentType;
        return Answer(picture);
    }

    /// <summary>Has whoever asks wait.</summary>
    public void Close() => open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => open.TrySetResult();

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    /// <summary>Makes a host use it.</summary>
    public void Register(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) => builder.Services.AddSingleton<IImageClassifier>(this);
}
