using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Moderation;

public sealed class ModeratorTests
{
    [Fact]
    public async Task When_the_classifier_fails_a_post_is_held_and_a_moderator_can_release_it()
    {
        await using var host = await ModeratedHost.StartAsync(new BrokenClassifier());
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await ben.GetAsync("feed");

        var id = await host.PostAsync(anna, "Hello, world!");

        var post = await anna.GetAsync($"posts/{id}");
        Assert.Equal("held", ModeratedHost.StatusOf(post));
        Assert.Equal(ModeratePostDeadLetter.Reason, post.GetProperty("moderation").GetProperty("reason").GetString());
        Assert.Empty(await ben.ItemsAsync("feed"));
        await host.ReleaseProfileAsync(mona, anna);
        Assert.Equal(id, Assert.Single(await mona.HeldAsync()));

        await host.DecideAsync(mona, id, "restore");

        Assert.Equal("approved", ModeratedHost.StatusOf(await anna.GetAsync($"posts/{id}")));
        Assert.Equal(id, Assert.Single(await ben.ItemsAsync("feed")).GetProperty("post").GetProperty("id").GetString());
        Assert.Empty(await mona.HeldAsync());
        var told = (await anna.ItemsAsync("notifications")).First(item => item.TryGetProperty("post", out _));
        Assert.Contains("restored", told.GetProperty("text").GetString());
        Assert.Equal(["person", "automatic"], (await anna.ItemsAsync($"posts/{id}/moderation")).Select(decision => decision.GetProperty("by").GetString()));
    }

    [Fact]
    public async Task The_same_decision_again_changes_nothing()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(anna, "[Hate]");

        await host.DecideAsync(mona, id, "remove", "It is an insult.");
        await host.DecideAsync(mona, id, "remove", "It is an insult.");
        await host.DecideAsync(mona, id, "remove");

        Assert.Equal(2, (await anna.ItemsAsync($"posts/{id}/moderation")).Count);
        Assert.Equal("A person removed your post. You can appeal. It is an insult.", (await anna.ItemsAsync("notifications"))[0].GetProperty("text").GetString());
        Assert.Equal(2, (await anna.ItemsAsync("notifications")).Count);
    }

    [Fact]
    public async Task A_removed_post_disappears_and_comes_back_when_released()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(anna, "A fine day #weather");

        await host.DecideAsync(mona, id, "remove", "Not that fine.");
        using var gone = await host.Anonymous.GetAsync($"posts/{id}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(0, (await anna.GetAsync("profiles/anna")).GetProperty("posts").GetInt64());

        await host.DecideAsync(mona, id, "restore");
        using var back = await host.Anonymous.GetAsync($"posts/{id}");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal(1, (await anna.GetAsync("profiles/anna")).GetProperty("posts").GetInt64());
        Assert.Single(await mona.ItemsAsync("tags/weather"));
    }

    [Fact]
    public async Task Moderators_see_scores_and_authors_do_not()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(anna, "[IllegalGoods]");

        var score = Assert.Single(Assert.Single(await mona.ItemsAsync("moderation/queue?kind=held")).GetProperty("scores").EnumerateArray());
        Assert.Equal("illegalGoods", score.GetProperty("category").GetString());
        await mona.ClaimAsync($"post.{id}");
        Assert.True(Assert.Single(await mona.ItemsAsync($"posts/{id}/moderation")).TryGetProperty("scores", out _));
        Assert.DoesNotContain("said so", (await anna.GetAsync($"posts/{id}")).ToString());
        Assert.DoesNotContain("said so", (await anna.GetAsync($"posts/{id}/moderation")).ToString());
    }

    [Fact]
    public async Task Only_moderators_moderate_and_never_their_own_posts()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        var annas = await host.PostAsync(anna, "[IllegalGoods]");
        var own = await host.PostAsync(mona, "[IllegalGoods]");

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(anna.Client.GetAsync("moderation/queue?kind=held")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host.Anonymous.GetAsync("moderation/queue?kind=held")));
        Assert.Equal(HttpStatusCode.Forbidden, await DecisionAsync(anna, annas, new { decision = "restore" }));
        Assert.Equal(HttpStatusCode.Forbidden, await DecisionAsync(mona, own, new { decision = "restore" }));
        Assert.Equal("held", ModeratedHost.StatusOf(await anna.GetAsync($"posts/{annas}")));
    }

    [Theory]
    [InlineData("held")]
    [InlineData("suspend")]
    [InlineData("remove")]
    [InlineData("approve")]
    [InlineData(null)]
    [InlineData(1)]
    public async Task A_decision_that_is_none_is_refused(object? decision)
    {
        await using var host = await TestHost.StartAsync();
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(anna, "Good morning!");

        Assert.Equal(HttpStatusCode.BadRequest, await DecisionAsync(mona, id, new { decision }));
        Assert.Equal(HttpStatusCode.BadRequest, await DecisionAsync(mona, id, new { decision = "remove", clause = "other", reason = new string('x', 501) }));
        Assert.Equal(HttpStatusCode.NotFound, await DecisionAsync(mona, "nothing", new { decision = "remove", clause = "other" }));
        Assert.Equal("approved", ModeratedHost.StatusOf(await anna.GetAsync($"posts/{id}")));
    }

    [Fact]
    public async Task The_list_of_what_waits_is_one_however_many_partitions_it_has()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier(), "Moderation:ReviewShards=4");
        var mona = await host.SignUpAsync("mona", "moderator");
        var (authors, ids) = (new List<TestUser>(), new List<string>());
        for (var i = 0; i < 9; i++)
        {
            authors.Add(await host.SignUpAsync($"author{i}"));
            ids.Add(await host.PostAsync(authors[i], "[IllegalGoods]"));
        }

        Assert.Equal(ids, await mona.HeldAsync());
        await host.DecideAsync(mona, ids[3], "restore");
        await host.DoAsync(authors[5], HttpMethod.Delete, $"posts/{ids[5]}");

        var page = await mona.GetAsync("moderation/queue?kind=held&limit=4");
        Assert.Equal([ids[0], ids[1], ids[2], ids[4]], page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("subject").GetProperty("id").GetString()!));
        Assert.Equal([ids[6], ids[7], ids[8]], await mona.HeldAsync($"&limit=4&cursor={page.GetProperty("next").GetString()}"));
    }

    [Fact]
    public async Task A_held_post_that_its_author_deletes_leaves_the_list()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(anna, "[IllegalGoods]");

        await host.DoAsync(anna, HttpMethod.Delete, $"posts/{id}");

        Assert.Empty(await mona.HeldAsync());
        Assert.Empty((await Documents(host).QueryAsync<ReviewDocument>(new("held", 10), default)).Items);
        Assert.Equal(HttpStatusCode.NotFound, await DecisionAsync(mona, id, new { decision = "restore" }));
    }

    [Fact]
    public async Task A_flood_of_one_author_takes_one_place_behind_somebody_in_danger()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (flood, ben, cleo, mona) = (
            await host.SignUpAsync("flood"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("mona", "moderator"));
        var first = await host.PostAsync(flood, "[IllegalGoods]");
        for (var i = 0; i < 29; i++)
        {
            await flood.Client.PostAsJsonAsync("posts", new { text = $"[IllegalGoods] {i}" });
        }

        var spam = await host.PostAsync(ben, "[Spam]");
        var cry = await host.PostAsync(cleo, "[SelfHarm]");

        var listed = await mona.ItemsAsync("moderation/queue?kind=held");

        Assert.Equal([cry, first, spam], listed.Select(item => item.GetProperty("subject").GetProperty("id").GetString()));
        Assert.Equal([0, 29, 0], listed.Select(item => item.GetProperty("moreByOwner").GetInt32()));
    }

    [Fact]
    public async Task Work_that_is_delivered_again_records_and_tells_once()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var anna = await host.SignUpAsync("anna");
        var id = await host.PostAsync(anna, "[IllegalGoods]");
        var queue = host.Services.GetRequiredService<IWorkQueue>();

        // As after a crash between the effects and the flag that says they are in place.
        await Documents(host).UpdateAsync<PostDocument>(anna.Id, id, post => post with { RecordedCaseId = null, InReview = false }, default);
        await host.SettleAsync();
        await queue.SendAsync([.. PostPipeline.Queues.Select(name => new WorkItem(name, $"again-{name}", new(anna.Id, id, 1)))], default);
        await host.SettleAsync();

        Assert.Single(await anna.ItemsAsync($"posts/{id}/moderation"));
        Assert.Single(await anna.ItemsAsync("notifications"));
    }

    [Fact]
    public async Task An_appeal_reaches_a_person_once_and_the_answer_is_final()
    {
        await using var host = await ModeratedHost.StartAsync(new ObedientClassifier());
        var (anna, ben, mona) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("mona", "moderator"));
        var id = await host.PostAsync(anna, "[Hate]");
        Assert.Equal("removed", ModeratedHost.StatusOf(await anna.GetAsync($"posts/{id}")));
        Assert.Empty(await mona.ItemsAsync("moderation/queue?kind=appealed"));

        Assert.Equal(HttpStatusCode.NotFound, await AppealAsync(ben, id, "It is not mine."));
        Assert.Equal(HttpStatusCode.BadRequest, await AppealAsync(anna, id, " "));
        Assert.Equal(HttpStatusCode.NoContent, await AppealAsync(anna, id, "It was meant as a joke."));
        Assert.Equal(HttpStatusCode.Conflict, await AppealAsync(anna, id, "It was meant as a joke."));
        Assert.Equal(HttpStatusCode.Conflict, await AppealAsync(anna, id, "Or rather as a poem."));
        await host.SettleAsync();

        Assert.Equal(id, Assert.Single(await mona.ItemsAsync("moderation/queue?kind=appealed")).GetProperty("subject").GetProperty("id").GetString());
        Assert.Equal("It was meant as a joke.", (await mona.ClaimAsync($"post.{id}")).GetProperty("appeal").GetString());

        await host.DecideAsync(mona, id, "keep", "Not a good one.");

        Assert.Empty(await mona.ItemsAsync("moderation/queue?kind=appealed"));
        var answer = (await anna.ItemsAsync($"posts/{id}/moderation"))[0];
        Assert.Equal("It was meant as a joke.", answer.GetProperty("appeal").GetString());
        Assert.Equal(HttpStatusCode.Conflict, await AppealAsync(anna, id, "But it was!"));
    }

    [Fact]
    public async Task There_is_nothing_to_appeal_about_an_approved_post()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var id = await host.PostAsync(anna, "Good morning!");

        Assert.Equal(HttpStatusCode.Conflict, await AppealAsync(anna, id, "Why?"));
    }

    private static IDocumentStore Documents(TestHost host) => host.Services.GetRequiredService<IDocumentStore>();

    private static Task<HttpStatusCode> AppealAsync(TestUser user, string id, string text) =>
        StatusAsync(user.Client.PostAsJsonAsync($"posts/{id}/moderation/appeal", new { text }));

    private static Task<HttpStatusCode> DecisionAsync(TestUser user, string id, object body) =>
        StatusAsync(user.Client.PostAsJsonAsync($"moderation/cases/post.{id}/decision", body));

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        return response.StatusCode;
    }
}
