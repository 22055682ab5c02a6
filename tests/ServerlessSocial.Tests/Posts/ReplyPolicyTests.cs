using System.Net;
using ServerlessSocial.Tests.Graph;

namespace ServerlessSocial.Tests.Posts;

/// <summary>Who may answer and quote, as the author of a post said with it.</summary>
public sealed class ReplyPolicyTests
{
    [Fact]
    public async Task A_post_is_answered_and_quoted_by_those_its_author_lets_and_says_so_to_each()
    {
        await using var host = await TestHost.StartAsync();
        var author = await host.SignUpAsync("author");
        var (stranger, follower, mentioned) = (await host.SignUpAsync("stranger"), await host.SignUpAsync("follower"), await host.SignUpAsync("mentioned"));
        await follower.PutAsync("follow", author);
        (string Policy, string[] MayAnswer, string[] MayQuote)[] expected =
        [
            ("everyone", ["author", "stranger", "follower", "mentioned"], ["author", "stranger", "follower", "mentioned"]),
            ("followers", ["author", "follower"], ["author", "follower"]),
            ("mentioned", ["author", "mentioned"], ["author", "stranger", "follower", "mentioned"]),
            ("nobody", ["author"], ["author"]),
        ];

        foreach (var (policy, mayAnswer, mayQuote) in expected)
        {
            var post = await author.PostAsync(new { text = "What do you think, @mentioned?", replyPolicy = policy, quotePolicy = policy == "mentioned" ? "everyone" : policy });
            await host.SettleAsync();
            Assert.Equal(policy, post.Text("replyPolicy"));
            foreach (var viewer in (TestUser[])[author, stranger, follower, mentioned])
            {
                var seen = (await viewer.Client.ReadAsync($"posts/{post.Id()}")).GetProperty("viewer");
                Assert.Equal(mayAnswer.Contains(viewer.Handle), seen.GetProperty("canReply").GetBoolean());
                Assert.Equal(mayQuote.Contains(viewer.Handle), seen.GetProperty("canQuote").GetBoolean());
                await IsAsync(viewer, new { text = "This", replyTo = post.Id() }, mayAnswer.Contains(viewer.Handle) ? null : "not-answerable");
                await IsAsync(viewer, new { text = "That", quote = post.Id() }, mayQuote.Contains(viewer.Handle) ? null : "not-quotable");
            }
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await author.RefusedAsync(new { text = "x", replyPolicy = "friends" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await author.RefusedAsync(new { text = "x", quotePolicy = "mentioned" })).Status);
    }

    [Fact]
    public async Task The_policy_of_the_first_post_holds_for_its_whole_thread()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, cleo) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"));
        await ben.PutAsync("follow", anna);
        var root = await anna.PostAsync(new { text = "Among those who follow me", replyPolicy = "followers" });
        await host.SettleAsync();
        var answer = await ben.PostAsync(new { text = "Gladly", replyTo = root.Id() });
        await host.SettleAsync();

        Assert.False((await cleo.Client.ReadAsync($"posts/{answer.Id()}")).GetProperty("viewer").GetProperty("canReply").GetBoolean());
        await IsAsync(cleo, new { text = "Me too", replyTo = answer.Id() }, "not-answerable");
        await IsAsync(anna, new { text = "Welcome", replyTo = answer.Id() }, null);
        await IsAsync(ben, new { text = "Thanks", replyTo = answer.Id() }, null);
    }

    [Fact]
    public async Task Whom_one_blocks_cannot_answer_in_ones_threads_however_deep_nor_see_what_others_say_there()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben, troll) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"), await host.SignUpAsync("troll"));
        var root = await anna.PostAsync("Who has been to the new library?");
        await host.SettleAsync();
        var own = await troll.PostAsync(new { text = "Nobody reads any more", replyTo = root.Id() });
        var first = await ben.PostAsync(new { text = "I have", replyTo = root.Id() });
        await host.SettleAsync();
        var second = await ben.PostAsync(new { text = "Twice", replyTo = first.Id() });
        await host.SettleAsync();

        await anna.PutAsync("block", troll);

        // Ben's posts are Ben's: the blocked may read them where they stand alone, and learns nothing of whose thread that is.
        var seen = await troll.Client.ReadAsync($"posts/{second.Id()}");
        Assert.Equal(first.Id(), seen.Text("replyTo"));
        Assert.Equal(second.Id(), seen.Text("rootId"));
        Assert.False(seen.GetProperty("viewer").GetProperty("canReply").GetBoolean());
        Assert.False((await troll.Client.ReadAsync($"posts/{first.Id()}")).TryGetProperty("replyTo", out _));
        await IsAsync(troll, new { text = "So what", replyTo = second.Id() }, "not-answerable");
        await IsAsync(troll, new { text = "So what", replyTo = own.Id() }, "not-answerable");
        Assert.Equal(["-", "-", second.Id()], await troll.Client.ThreadAsync(second.Id()));
        Assert.Equal(own.Id(), (await troll.Client.ThreadAsync(own.Id()))[^1]);
        Assert.Equal([root.Id(), first.Id(), second.Id()], await anna.Client.ThreadAsync(root.Id()));

        // And the other way round.
        var theirs = await troll.PostAsync("My own thread");
        await host.SettleAsync();
        var there = await ben.PostAsync(new { text = "Hm", replyTo = theirs.Id() });
        await host.SettleAsync();
        await IsAsync(anna, new { text = "Hm", replyTo = there.Id() }, "not-answerable");
        Assert.Equal(["-", there.Id()], await anna.Client.ThreadAsync(there.Id()));
    }

    private static async Task IsAsync(TestUser user, object body, string? problem)
    {
        if (problem is null)
        {
            await user.PostAsync(body);
            return;
        }

        var (status, refusal) = await user.RefusedAsync(body);
        Assert.Equal((HttpStatusCode.Conflict, $"urn:serverless-social:problem:{problem}"), (status, refusal.Text("type")));
    }
}
