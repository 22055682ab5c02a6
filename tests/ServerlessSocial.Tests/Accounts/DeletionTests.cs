using System.Net;
using System.Net.Http.Json;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Media.Formats;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Accounts;

/// <summary>Leaving: at once for everyone, and without a trace in the end.</summary>
public sealed class DeletionTests
{
    [Fact]
    public async Task Whoever_leaves_is_gone_at_once_and_their_calls_are_refused()
    {
        await using var host = await TestHost.StartAsync(["Privacy:Quiet=01:00:00"]);
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        var post = await host.PostAsync(anna, "Good evening #ocean");
        await host.DoAsync(ben, HttpMethod.Put, "profiles/anna/follow");
        await ben.GetAsync("feed");
        var reply = await host.PostAsync(anna, "And good night", await host.PostAsync(ben, "Hello"));
        var picture = await anna.UploadedAsync(SampleImages.Png);
        await anna.PostAsync(new { text = "Look", media = new[] { new { id = picture } } });
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.Accepted, await anna.LeaveAsync());

        Assert.Equal(HttpStatusCode.Gone, await anna.Client.StatusAsync("me"));
        Assert.Equal(HttpStatusCode.Gone, await anna.Client.StatusAsync("feed"));
        Assert.Equal(HttpStatusCode.Gone, await anna.Client.StatusAsync("posts/" + post));
        Assert.Equal(HttpStatusCode.Gone, await anna.LeaveAsync());
        foreach (var path in (string[])["profiles/anna", "profiles/anna/posts", "profiles/anna/followers", $"posts/{post}", $"posts/{reply}", $"posts/{post}/thread", $"media/{picture}"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await ben.Client.StatusAsync(path));
            Assert.Equal(HttpStatusCode.NotFound, await host.Anonymous.StatusAsync(path));
        }

        Assert.DoesNotContain(await ben.ItemsAsync("feed"), item => item.GetProperty("post").GetProperty("author").GetProperty("handle").GetString() != "ben");
        Assert.Empty(await ben.ItemsAsync("tags/ocean"));
        Assert.Empty(await ben.ItemsAsync("profiles/ben/following"));
        Assert.Empty(await ben.ItemsAsync("notifications"));
        Assert.Equal(HttpStatusCode.NotFound, await ben.PutAsync($"posts/{post}/like"));
        Assert.Equal(HttpStatusCode.NotFound, await ben.PutAsync("profiles/anna/follow"));
        Assert.Equal(HttpStatusCode.BadRequest, (await ben.RefusedAsync(new { text = "Where are you?", replyTo = post })).Status);
    }

    [Fact]
    public async Task The_handle_must_be_said_and_be_ones_own()
    {
        await using var host = await TestHost.StartAsync([AccountCalls.AtOnce]);
        var (anna, _) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));

        Assert.Equal(HttpStatusCode.BadRequest, await anna.LeaveAsync("ben"));
        Assert.Equal(HttpStatusCode.BadRequest, await anna.LeaveAsync(string.Empty));
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.OK, await anna.Client.StatusAsync("me"));
        Assert.Equal(HttpStatusCode.OK, await anna.Client.StatusAsync("profiles/ben"));
        Assert.Equal(HttpStatusCode.Accepted, await anna.LeaveAsync("ANNA"));
    }

    [Fact]
    public async Task Nothing_on_the_disk_names_whoever_left_but_the_tombstone_of_the_handle()
    {
        var directory = Path.Combine(Path.GetTempPath(), "serverless-social-tests", Guid.NewGuid().ToString("N"));
        try
        {
            string[] ids;
            await using (var host = await TestHost.StartAsync([AccountCalls.AtOnce], dataDirectory: directory, configure: Judged))
            {
                var network = await Network.BuildAsync(host);
                await WatchedAsync(host, network);
                ids = [network.Anna.Id, host.AccountIdOf("anna")];

                Assert.Equal(HttpStatusCode.Accepted, await network.Anna.LeaveAsync("anna_was_here"));
                await host.SettleAsync();

                await network.CheckOthersAsync();
                Assert.Equal(HttpStatusCode.Forbidden, await network.Anna.Client.StatusAsync("me"));
                Assert.Equal(HttpStatusCode.Conflict, await SignUpAsync(host, "someone_else", "anna"));
                Assert.Equal(HttpStatusCode.Conflict, await SignUpAsync(host, "someone_else", "anna_was_here"));
            }

            Assert.Empty(AccountCalls.FilesWith(directory, [.. ids, "sea salt", "lighthouse at dawn", "It was a quotation"]));
            Assert.Equal(["serverless-social.db: anna_was_here"], AccountCalls.FilesWith(directory, "anna_was_here"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task The_same_sign_in_may_begin_anew_once_nothing_is_left()
    {
        await using var host = await TestHost.StartAsync([AccountCalls.AtOnce]);
        var anna = await host.SignUpAsync("anna");
        await anna.LeaveAsync();
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.Conflict, await SignUpAsync(host, "anna", "anna"));
        Assert.Equal(HttpStatusCode.Created, await SignUpAsync(host, "anna", "anna_again"));

        var profile = await anna.GetAsync("me");
        Assert.NotEqual(anna.Id, profile.Id());
        Assert.Equal(0, profile.Count("posts"));
        Assert.Equal(HttpStatusCode.NotFound, await host.Anonymous.StatusAsync("profiles/anna"));
    }

    /// <summary>What moderators do about a person: looks at what they show, warns, limits, and has it on record.</summary>
    private static async Task WatchedAsync(TestHost host, Network network)
    {
        var (anna, mona) = (network.Anna, network.Mona);
        await network.Cleo.SendAsync("reports", new { subject = new { type = "profile", id = anna.Id }, clause = "impersonation", details = "She likes sea salt." });
        await host.SettleAsync();
        await mona.ClaimAsync($"profile.{anna.Id}");
        await mona.SendAsync($"moderation/cases/profile.{anna.Id}/decision", new { decision = "keep" });
        foreach (var kind in (string[])["warn", "limit"])
        {
            await mona.SendAsync("moderation/accounts/anna_was_here/sanctions", new { kind, clause = "spam", reason = "Too much sea salt." });
        }

        await host.SettleAsync();
        var cases = (await mona.ItemsAsync("moderation/audit")).Select(entry => entry.Text("caseId")).ToList();
        Assert.Equal(cases[0], cases[1]);
        Assert.StartsWith("account.", cases[0], StringComparison.Ordinal);
        Assert.NotEqual($"account.{anna.Id}", cases[0]);
        Assert.Equal(cases[2], cases[3]);
        Assert.StartsWith("profile.", cases[2], StringComparison.Ordinal);
    }

    private static void Judged(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder) =>
        Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<ServerlessSocial.Platform.Ai.ITextClassifier>(builder.Services, new ObedientClassifier());

    private static async Task<HttpStatusCode> SignUpAsync(TestHost host, string subject, string handle)
    {
        using var client = host.NewClient(await host.TokenAsync(subject));
        using var response = await client.PostAsJsonAsync("profiles", new { handle, displayName = "Somebody" });
        return response.StatusCode;
    }

    /// <summary>Somebody who has done everything there is to do, and others who stay.</summary>
    private sealed record Network(TestHost Host, TestUser Anna, TestUser Ben, TestUser Cleo, TestUser Mona, string BensPost, string BensReply, string CleosAnswer, string BensMention)
    {
        public static async Task<Network> BuildAsync(TestHost host)
        {
            var (ben, cleo, anna) = (await host.SignUpAsync("ben"), await host.SignUpAsync("cleo"), await host.SignUpAsync("anna"));
            var mona = await host.SignUpAsync("mona", "moderator");
            var (dora, emil) = (await host.SignUpAsync("dora"), await host.SignUpAsync("emil"));
            foreach (var reader in (TestUser[])[anna, ben, cleo, dora, emil])
            {
                await reader.GetAsync("feed");
            }

            foreach (var (who, what) in ((TestUser, string)[])[
                (ben, "anna/follow"), (cleo, "anna/follow"), (anna, "ben/follow"), (dora, "ben/follow"), (cleo, "ben/follow"),
                (anna, "mona/mute"), (mona, "anna/mute"), (anna, "dora/block"), (emil, "anna/block")])
            {
                await host.DoAsync(who, HttpMethod.Put, $"profiles/{what}");
            }

            await host.DoAsync(cleo, HttpMethod.Delete, "profiles/anna/follow");

            var bensPost = await host.PostAsync(ben, "A post of Ben's #ocean");
            var annasPost = await host.PostAsync(anna, "The smell of sea salt #ocean @ben");
            var annasReply = await host.PostAsync(anna, "I like sea salt", bensPost);
            var bensReply = await host.PostAsync(ben, "So do I", annasPost);
            var cleosAnswer = await host.PostAsync(cleo, "Me too", bensReply);
            await host.PostAsync(cleo, "An answer to a reply", annasReply);
            await cleo.PostAsync(new { text = "Look what was said", quote = annasPost });
            var mention = (await ben.PostAsync("Good morning @anna")).Id();
            await host.PostAsync(anna, "To be deleted: sea salt");
            await host.SettleAsync();

            foreach (var (who, what) in ((TestUser, string)[])[
                (anna, $"{bensPost}/like"), (anna, $"{bensPost}/boost"), (anna, $"{bensPost}/bookmark"), (anna, $"{cleosAnswer}/like"),
                (ben, $"{annasPost}/like"), (ben, $"{annasPost}/boost"), (cleo, $"{annasPost}/bookmark"), (cleo, $"{annasReply}/like")])
            {
                await host.DoAsync(who, HttpMethod.Put, $"posts/{what}");
            }

            await host.DoAsync(cleo, HttpMethod.Delete, $"posts/{annasReply}/like");
            await host.DoAsync(anna, HttpMethod.Delete, $"posts/{cleosAnswer}/like");

            var removed = await host.PostAsync(anna, "[Hate] and sea salt");
            using (var appeal = await anna.Client.PostAsJsonAsync($"posts/{removed}/moderation/appeal", new { text = "It was a quotation." }))
            {
                Assert.True(appeal.IsSuccessStatusCode);
            }

            await host.SettleAsync();
            await host.DecideAsync(mona, removed, "keep");
            await PicturesAsync(host, anna);
            using (var export = await anna.Client.PostAsync("me/export", null))
            {
                Assert.Equal(HttpStatusCode.Accepted, export.StatusCode);
            }

            await host.SettleAsync();
            await AskingAsync(host, anna);
            await PoliciesAsync(host, anna, ben);
            Assert.NotEmpty(await ben.ItemsAsync("notifications"));
            Assert.NotEmpty(await dora.ItemsAsync("feed"));
            return new(host, anna, ben, cleo, mona, bensPost, bensReply, cleosAnswer, mention);
        }

        /// <summary>What others had is there, and counts what is left.</summary>
        public async Task CheckOthersAsync()
        {
            var profile = await Ben.GetAsync("profiles/ben");
            Assert.Equal(2, profile.Count("followers"));
            Assert.Equal(0, profile.Count("following"));
            Assert.Equal(1, (await Cleo.GetAsync("me")).Count("following"));
            var post = await Ben.GetAsync($"posts/{BensPost}");
            Assert.Equal((0L, 0L, 0L), (post.Count("likes"), post.Count("boosts"), post.Count("replies")));
            Assert.Equal(0, (await Cleo.GetAsync($"posts/{CleosAnswer}")).Count("likes"));

            // Who answered is still heard, and the thread hangs together.
            Assert.Equal("So do I", (await Cleo.GetAsync($"posts/{BensReply}")).Text("text"));
            Assert.Equal([BensReply, CleosAnswer], (await Cleo.Client.ThreadAsync(BensReply)).Where(id => id != "-"));
            Assert.Equal("Good morning @anna", (await Ben.GetAsync($"posts/{BensMention}")).Text("text"));
            Assert.Empty(await Cleo.ItemsAsync("me/bookmarks"));
            Assert.DoesNotContain(await Ben.ItemsAsync("notifications"), told => told.ToString().Contains("anna", StringComparison.Ordinal) && !told.ToString().Contains("@anna", StringComparison.Ordinal));

            // And goes on: Ben answers, deletes, and what he counts for is right.
            await Host.DoAsync(Ben, HttpMethod.Delete, $"posts/{BensReply}");
            Assert.Equal([CleosAnswer], (await Cleo.Client.ThreadAsync(CleosAnswer)).Where(id => id != "-"));
        }

        /// <summary>Requests both ways that wait, were refused, taken back and approved, and mutes that end by themselves, still to come and lifted.</summary>
        private static async Task AskingAsync(TestHost host, TestUser anna)
        {
            var (fay, gus, hana) = (await host.SignUpAsync("fay"), await host.SignUpAsync("gus"), await host.SignUpAsync("hana"));
            var (ines, jan, kim) = (await host.SignUpAsync("ines"), await host.SignUpAsync("jan"), await host.SignUpAsync("kim"));
            foreach (var who in (TestUser[])[anna, fay, gus, hana])
            {
                await who.LockAsync(true);
            }

            foreach (var who in (TestUser[])[fay, gus, hana])
            {
                Assert.Equal(HttpStatusCode.Accepted, await anna.PutAsync($"profiles/{who.Handle}/follow"));
            }

            foreach (var who in (TestUser[])[ines, jan, kim])
            {
                Assert.Equal(HttpStatusCode.Accepted, await who.PutAsync("profiles/anna/follow"));
            }

            var end = new { expiresAt = DateTimeOffset.UtcNow.AddDays(30) };
            foreach (var (who, whom) in ((TestUser, string)[])[(anna, "fay"), (jan, "anna_was_here"), (kim, "anna_was_here")])
            {
                using var muted = await who.Client.PutAsJsonAsync($"profiles/{whom}/mute", end);
                Assert.Equal(HttpStatusCode.NoContent, muted.StatusCode);
            }

            await host.SettleAsync();
            await host.DoAsync(gus, HttpMethod.Put, "me/follow-requests/anna_was_here");
            await host.DoAsync(hana, HttpMethod.Delete, "me/follow-requests/anna_was_here");
            await host.DoAsync(anna, HttpMethod.Put, "me/follow-requests/ines");
            await host.DoAsync(jan, HttpMethod.Delete, "profiles/anna_was_here/follow");
            await host.DoAsync(kim, HttpMethod.Delete, "profiles/anna_was_here/mute");
            await host.SettleAsync();
            Assert.Equal(["kim"], (await anna.ItemsAsync("me/follow-requests")).Select(item => item.Text("handle")));
            Assert.Equal(["anna_was_here"], (await fay.ItemsAsync("me/follow-requests")).Select(item => item.Text("handle")));
        }

        /// <summary>Replies that were hidden and quotes that were detached, by the one who leaves and by others.</summary>
        private static async Task PoliciesAsync(TestHost host, TestUser anna, TestUser ben)
        {
            var annas = await host.PostAsync(anna, "A thread about sea salt");
            var bens = await host.PostAsync(ben, "A thread of Ben's");
            var hidden = await host.PostAsync(ben, "Rather not", annas);
            var hiddenToo = await host.PostAsync(anna, "Sea salt, rather not", bens);
            var quote = (await ben.PostAsync(new { text = "As she said", quote = annas })).Id();
            var quoteToo = (await anna.PostAsync(new { text = "As he said: sea salt", quote = bens })).Id();
            var quiet = (await anna.PostAsync(new { text = "Sea salt for friends", visibility = "followers", replyPolicy = "followers", quotePolicy = "nobody" })).Id();
            await host.SettleAsync();
            await ben.PostAsync(new { text = "Between us", replyTo = quiet });
            await host.DoAsync(anna, HttpMethod.Put, $"posts/{annas}/hidden-replies/{hidden}");
            await host.DoAsync(ben, HttpMethod.Put, $"posts/{bens}/hidden-replies/{hiddenToo}");
            await host.DoAsync(anna, HttpMethod.Delete, $"posts/{annas}/quotes/{quote}");
            await host.DoAsync(ben, HttpMethod.Delete, $"posts/{bens}/quotes/{quoteToo}");
            await host.SettleAsync();
        }

        private static async Task PicturesAsync(TestHost host, TestUser anna)
        {
            var picture = await anna.UploadedAsync(SampleImages.Png);
            await anna.PostAsync(new { text = "The sea salt itself", media = new[] { new { id = picture } } });
            await anna.UploadedAsync(SampleImages.Png);
            using var job = await anna.Client.PostAsJsonAsync("images", new { prompt = "a lighthouse at dawn" });
            Assert.Equal(HttpStatusCode.Accepted, job.StatusCode);
            using var key = new HttpRequestMessage(HttpMethod.Post, "posts") { Content = JsonContent.Create(new { text = "With a key: sea salt" }) };
            key.Headers.Add("Idempotency-Key", "once");
            using var keyed = await anna.Client.SendAsync(key);
            Assert.Equal(HttpStatusCode.Created, keyed.StatusCode);
            await ChangeHandleAsync(anna, "anna_was_here");
            await host.SettleAsync();
        }

        private static async Task ChangeHandleAsync(TestUser anna, string handle)
        {
            using var me = await anna.Client.GetAsync("me");
            using var request = new HttpRequestMessage(HttpMethod.Patch, "me") { Content = JsonContent.Create(new { handle }) };
            request.Headers.IfMatch.Add(me.Headers.ETag!);
            using var changed = await anna.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        }
    }
}
