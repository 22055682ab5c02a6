using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Posts;

public sealed class ProjectPostTests
{
    [Fact]
    public async Task A_decision_hides_a_post_and_another_shows_it_again()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var root = await anna.PostAsync("Where does the river begin?");
        await host.SettleAsync();
        var reply = await ben.PostAsync(new { text = "Up in the hills #river", replyTo = root.Id() });
        await host.SettleAsync();

        await DecideAsync(host, ben, reply, ModerationStatus.Removed);
        Assert.Equal(HttpStatusCode.NotFound, await anna.Client.StatusAsync($"posts/{reply.Id()}"));
        Assert.Equal("removed", (await ben.Client.ReadAsync($"posts/{reply.Id()}")).Status());
        Assert.Equal([reply.Id()], await ben.Client.ListAsync("profiles/ben/posts"));
        Assert.Empty(await anna.Client.ListAsync("tags/river"));
        Assert.Equal(0, (await anna.Client.ReadAsync($"posts/{root.Id()}")).Count("replies"));
        Assert.Equal(0, (await anna.Client.ReadAsync("profiles/ben")).Count("posts"));

        await DecideAsync(host, ben, reply, ModerationStatus.Limited);
        Assert.Equal([root.Id(), reply.Id()], await anna.Client.ThreadAsync(root.Id()));
        Assert.Empty(await anna.Client.ListAsync("tags/river"));
        Assert.Equal(HttpStatusCode.Conflict, await anna.PutAsync($"posts/{reply.Id()}/boost"));

        await DecideAsync(host, ben, reply, ModerationStatus.Approved);
        Assert.Equal([reply.Id()], await anna.Client.ListAsync("tags/river"));
        Assert.Equal(1, (await anna.Client.ReadAsync($"posts/{root.Id()}")).Count("replies"));
        Assert.Equal(1, (await anna.Client.ReadAsync("profiles/ben")).Count("posts"));
    }

    [Fact]
    public async Task However_decisions_follow_each_other_the_last_one_is_what_shows()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var root = await anna.PostAsync("A question for everyone");
        var posts = new List<JsonElement>();
        for (var i = 0; i < 8; i++)
        {
            posts.Add(await anna.PostAsync(new { text = $"Answer {i} #answer", replyTo = root.Id() }));
        }

        await host.SettleAsync();
        ModerationStatus[] statuses = [ModerationStatus.Approved, ModerationStatus.Limited, ModerationStatus.Held, ModerationStatus.Removed];
        await Task.WhenAll(posts.Select(async (post, i) =>
        {
            var random = new Random(i);
            for (var round = 0; round < 12; round++)
            {
                await WriteAsync(host, anna, post, statuses[random.Next(statuses.Length)]);
                await Task.Delay(random.Next(8));
            }

            await WriteAsync(host, anna, post, statuses[i % statuses.Length]);
        }));
        await host.SettleAsync();

        var visible = posts.Where((_, i) => i % 4 < 2).Select(post => post.Id()).ToList();
        var tagged = posts.Where((_, i) => i % 4 == 0).Select(post => post.Id()).Reverse();
        Assert.Equal(tagged, (await QueryAsync<TagEntry>(host, "answer")).Reverse());
        Assert.Equal(visible, await QueryAsync<ReplyDocument>(host, root.Id()));
        Assert.Equal([root.Id(), .. visible], await host.Anonymous.ThreadAsync(root.Id()));
        Assert.Equal(visible.Count, (await anna.Client.ReadAsync($"posts/{root.Id()}")).Count("replies"));
        Assert.Equal(visible.Count + 1, (await anna.Client.ReadAsync("profiles/anna")).Count("posts"));
    }

    private static async Task<IEnumerable<string>> QueryAsync<T>(TestHost host, string partition)
        where T : Document, IDocument<T> =>
        (await host.Services.GetRequiredService<IDocumentStore>().QueryAsync<T>(new DocumentQuery(partition, 100) { From = Ids.First, To = Ids.End }, CancellationToken.None))
            .Items.Select(item => item.Id);

    private static async Task DecideAsync(TestHost host, TestUser author, JsonElement post, ModerationStatus status)
    {
        await WriteAsync(host, author, post, status);
        await host.SettleAsync();
    }

    private static async Task WriteAsync(TestHost host, TestUser author, JsonElement post, ModerationStatus status) =>
        await host.Services.GetRequiredService<IDocumentStore>().UpdateAsync<PostDocument>(
            author.Id, post.Id(), now => now.Under(new PostModeration(status, null, "test", now.CreatedAt)), CancellationToken.None);
}
