using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Polls;
using ServerlessSocial.Posts;
using ServerlessSocial.Tests.Accounts;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Polls;

/// <summary>Polls: counted exactly, hidden until one has voted, closed on time, and nobody learns who chose what.</summary>
public sealed class PollTests
{
    private static readonly string[] Options = ["Sea 🌊", "Mountains", "בבית"];

    [Fact]
    public async Task Results_are_hidden_until_one_has_voted_and_are_exact_at_once()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var id = await AskAsync(host, anna);

        var before = Poll(await ben.GetAsync($"posts/{id}"));
        Assert.Equal(Options, before.GetProperty("options").EnumerateArray().Select(option => option.GetProperty("text").GetString()));
        Assert.False(before.TryGetProperty("voters", out _));
        Assert.DoesNotContain(before.GetProperty("options").EnumerateArray(), option => option.TryGetProperty("votes", out _));
        Assert.True(before.GetProperty("viewer").GetProperty("canVote").GetBoolean());

        var (status, post, _) = await VoteAsync(ben, id, 1);
        Assert.Equal((HttpStatusCode.OK, 1L, "0 1 0"), (status, Voters(post), Votes(post)));
        Assert.Equal([1], Poll(post).GetProperty("viewer").GetProperty("choices").EnumerateArray().Select(choice => choice.GetInt32()));
        await host.SettleAsync();

        Assert.Equal((1L, "0 1 0"), (Voters(await anna.GetAsync($"posts/{id}")), Votes(await anna.GetAsync($"posts/{id}"))));
        Assert.False(Poll(await cleo.GetAsync($"posts/{id}")).TryGetProperty("voters", out _));
        Assert.False(Poll(await host.Anonymous.GetFromJsonAsync<JsonElement>($"posts/{id}")).TryGetProperty("voters", out _));
    }

    [Fact]
    public async Task A_vote_stands_and_the_same_one_again_changes_nothing()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var id = await AskAsync(host, anna);

        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => VoteAsync(ben, id, i % 2)));
        await host.SettleAsync();

        Assert.All(all, vote => Assert.True(vote.Status == HttpStatusCode.OK || vote.Problem == "already-voted", vote.Problem));
        Assert.Single(all.Where(vote => vote.Status == HttpStatusCode.OK).Select(vote => Votes(vote.Post)).Distinct());
        Assert.Equal(1, Voters(await anna.GetAsync($"posts/{id}")));
    }

    [Fact]
    public async Task Concurrent_votes_for_several_answers_are_counted_exactly()
    {
        await using var host = await TestHost.StartAsync([AccountCalls.AtOnce]);
        var anna = await host.SignUpAsync("anna");
        var voters = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => host.SignUpAsync($"voter_{i}")));
        var id = await AskAsync(host, anna, multiple: true);

        await Task.WhenAll(voters.Select((voter, i) => VoteAsync(voter, id, i % 2 == 0 ? [0, 2] : [1])));
        await host.SettleAsync();

        var post = await anna.GetAsync($"posts/{id}");
        Assert.Equal((24L, "12 12 12"), (Voters(post), Votes(post)));

        // Whoever leaves takes the vote along.
        await voters[0].LeaveAsync();
        await host.SettleAsync();
        post = await anna.GetAsync($"posts/{id}");
        Assert.Equal((23L, "11 12 11"), (Voters(post), Votes(post)));
    }

    [Theory]
    [InlineData(new int[0], "invalid-fields")]
    [InlineData(new[] { 3 }, "invalid-fields")]
    [InlineData(new[] { -1 }, "invalid-fields")]
    [InlineData(new[] { 0, 1 }, "invalid-fields")]
    [InlineData(new[] { 1, 1 }, "invalid-fields")]
    public async Task Choices_that_are_none_are_refused(int[] choices, string problem)
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var id = await AskAsync(host, anna);

        Assert.Equal(problem, (await VoteAsync(ben, id, choices)).Problem);
        Assert.Equal("own-poll", (await VoteAsync(anna, id, 0)).Problem);
        Assert.Equal("not-found", (await VoteAsync(ben, await host.PostAsync(anna, "No poll"), 0)).Problem);
        Assert.Equal(0, Voters(await anna.GetAsync($"posts/{id}")));
    }

    [Fact]
    public async Task Whoever_may_not_see_the_post_may_not_vote()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var open = await AskAsync(host, anna);
        var quiet = await AskAsync(host, anna, visibility: "followers");
        await host.DoAsync(anna, HttpMethod.Put, "profiles/ben/block");
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await VoteAsync(ben, open, 0)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await VoteAsync(cleo, quiet, 0)).Status);
        Assert.Equal(0, Voters(await anna.GetAsync($"posts/{open}")));
    }

    [Fact]
    public async Task A_closed_poll_takes_no_votes_shows_its_results_and_is_told_to_author_and_voters_once()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        var id = await AskAsync(host, anna);
        var dora = await host.SignUpAsync("dora");
        await VoteAsync(ben, id, 2);
        await VoteAsync(dora, id, 2);
        await host.DoAsync(dora, HttpMethod.Put, $"posts/{id}/mute");
        await host.SettleAsync();
        await CloseAsync(host, id);

        Assert.Empty(await dora.ItemsAsync("notifications"));
        Assert.Equal("poll-closed", (await VoteAsync(cleo, id, 0)).Problem);
        var seen = await cleo.GetAsync($"posts/{id}");
        Assert.Equal((true, "0 0 2"), (Poll(seen).GetProperty("closed").GetBoolean(), Votes(seen)));
        foreach (var (who, text) in ((TestUser, string)[])[(anna, "Your poll is closed."), (ben, "A poll you voted in is closed.")])
        {
            var told = Assert.Single(await who.ItemsAsync("notifications"), item => item.GetProperty("kind").GetString() == "poll");
            Assert.Equal((text, id), (told.GetProperty("text").GetString(), told.GetProperty("post").Id()));
        }

        Assert.Empty(await cleo.ItemsAsync("notifications"));
    }

    [Fact]
    public async Task Moderation_reads_the_answers()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        var post = (await anna.PostAsync(new { text = "What do you say?", poll = new { options = new[] { "Hello", "Ich bring dich um!" }, minutes = 60 } })).Id();
        await host.SettleAsync();

        Assert.Equal("removed", ModeratedHost.StatusOf(await anna.GetAsync($"posts/{post}")));
    }

    [Theory]
    [InlineData("""{ "text": "Q", "poll": { "options": ["a"], "minutes": 60 } }""", "poll.options")]
    [InlineData("""{ "text": "Q", "poll": { "options": ["a", "a"], "minutes": 60 } }""", "poll.options")]
    [InlineData("""{ "text": "Q", "poll": { "options": ["a", " "], "minutes": 60 } }""", "poll.options")]
    [InlineData("""{ "text": "Q", "poll": { "options": ["1","2","3","4","5","6","7","8","9"], "minutes": 60 } }""", "poll.options")]
    [InlineData("""{ "text": "Q", "poll": { "options": ["a", "b"], "minutes": 1 } }""", "poll.minutes")]
    [InlineData("""{ "text": "Q", "poll": { "options": ["a", "b"], "minutes": 1000000 } }""", "poll.minutes")]
    [InlineData("""{ "poll": { "options": ["a", "b"], "minutes": 60 } }""", "text")]
    public async Task A_poll_that_makes_no_sense_is_refused(string body, string field)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");

        using var answer = await anna.Client.PostAsync("posts", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Deleting_the_account_leaves_no_poll_and_no_vote_in_it()
    {
        await using var host = await TestHost.StartAsync([AccountCalls.AtOnce]);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var id = await AskAsync(host, anna);
        await VoteAsync(ben, id, 0);
        await host.SettleAsync();

        await anna.LeaveAsync();
        await host.SettleAsync();

        var documents = host.Services.GetRequiredService<IDocumentStore>();
        Assert.Null(await documents.FindAsync<VoteDocument>(ben.Id, VoteDocument.IdOf(id), default));
        Assert.Null(await documents.FindAsync<StatsDocument>(PollVotes.SubjectOf(id), StatsDocument.CountersId, default));
    }

    private static async Task<string> AskAsync(TestHost host, TestUser who, bool multiple = false, string visibility = "public")
    {
        var post = await who.PostAsync(new { text = "Where to?", visibility, poll = new { options = Options, minutes = 60, multiple } });
        await host.SettleAsync();
        return post.Id();
    }

    /// <summary>Lets the hour pass: its message comes now.</summary>
    private static async Task CloseAsync(TestHost host, string id)
    {
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var authorId = OwnedIds.OwnerOf(id);
        await documents.UpdateAsync<PostDocument>(authorId, id, post => post with { VisibleSince = DateTimeOffset.UtcNow.AddHours(-2) }, default);
        var waitingId = WaitingIdOf(authorId, id);
        for (var i = 0; i < 2; i++)
        {
            await host.Services.GetRequiredService<EndPoll>().RunAsync(new(EndPoll.Queue, waitingId, 0, waitingId), default);
        }

        await host.SettleAsync();
    }

    private static string WaitingIdOf(string authorId, string id) => ServerlessSocial.Platform.Pipelines.WaitingDocument.IdOf(authorId, id);

    private static async Task<(HttpStatusCode Status, JsonElement Post, string? Problem)> VoteAsync(TestUser who, string id, params int[] choices)
    {
        using var answer = await who.Client.PutAsJsonAsync($"posts/{id}/vote", new { choices });
        return answer.IsSuccessStatusCode
            ? (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(), null)
            : (answer.StatusCode, default, await answer.ProblemAsync());
    }

    private static JsonElement Poll(JsonElement post) => post.GetProperty("poll");

    private static long Voters(JsonElement post) => Poll(post).GetProperty("voters").GetInt64();

    private static string Votes(JsonElement post) => string.Join(' ', Poll(post).GetProperty("options").EnumerateArray().Select(option => option.GetProperty("votes").GetInt64()));
}
