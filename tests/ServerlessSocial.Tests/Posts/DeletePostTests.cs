using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Posts;

public sealed class DeletePostTests
{
    [Fact]
    public async Task A_deleted_post_is_gone_from_everywhere()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var root = await anna.PostAsync("Which cheese goes into a fondue?");
        await host.SettleAsync();
        var reply = await ben.PostAsync(new { text = "Ask @anna about #cheese", contentWarning = "food", replyTo = root.Id() });
        await host.SettleAsync();
        Assert.Equal(1, (await anna.Client.ReadAsync($"posts/{root.Id()}")).Count("replies"));

        Assert.Equal(HttpStatusCode.NotFound, await anna.DeleteAsync($"posts/{reply.Id()}"));
        Assert.Equal(HttpStatusCode.NoContent, await ben.DeleteAsync($"posts/{reply.Id()}"));
        Assert.Equal(HttpStatusCode.NotFound, await ben.Client.StatusAsync($"posts/{reply.Id()}"));
        await host.SettleAsync();
        Assert.Equal(HttpStatusCode.NoContent, await ben.DeleteAsync($"posts/{reply.Id()}"));

        Assert.Empty(await host.Anonymous.ListAsync("tags/cheese"));
        Assert.Equal([root.Id()], await anna.Client.ThreadAsync(root.Id()));
        Assert.Empty(await ben.Client.ListAsync("profiles/ben/posts"));
        Assert.Equal(0, (await anna.Client.ReadAsync($"posts/{root.Id()}")).Count("replies"));
        Assert.Equal(0, (await anna.Client.ReadAsync("profiles/ben")).Count("posts"));

        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var tombstone = await documents.FindAsync<PostDocument>(ben.Id, reply.Id(), CancellationToken.None);
        Assert.NotNull(tombstone);
        Assert.Equal(string.Empty, tombstone.Text);
        Assert.Null(tombstone.ContentWarning);
        Assert.Empty(tombstone.Tags);
        Assert.Empty(tombstone.Mentions);
        Assert.Equal(ProjectPost.TombstoneSeconds, tombstone.Ttl);
        Assert.Null(await documents.FindAsync<ReplyDocument>(root.Id(), reply.Id(), CancellationToken.None));
        Assert.Null(await documents.FindAsync<TagEntry>("cheese", reply.Id(), CancellationToken.None));
    }

    [Fact]
    public async Task A_thread_goes_on_without_its_first_post()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var root = await anna.PostAsync("A thought that I will regret");
        var reply = await anna.PostAsync(new { text = "And one that I will not", replyTo = root.Id() });
        await host.SettleAsync();

        await anna.DeleteAsync($"posts/{root.Id()}");
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.NotFound, await host.Anonymous.StatusAsync($"posts/{root.Id()}/thread"));
        Assert.Equal(["-", reply.Id()], await host.Anonymous.ThreadAsync(reply.Id()));
    }

    [Fact]
    public async Task A_post_deleted_before_anyone_looked_at_it_leaves_a_bare_tombstone_too()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var post = await anna.PostAsync("Never mind #oops");

        await anna.DeleteAsync($"posts/{post.Id()}");
        await host.SettleAsync();

        Assert.Empty(await anna.Client.ListAsync("tags/oops"));
        Assert.Equal(0, (await anna.Client.ReadAsync("profiles/anna")).Count("posts"));
        var tombstone = await host.Services.GetRequiredService<IDocumentStore>().FindAsync<PostDocument>(anna.Id, post.Id(), CancellationToken.None);
        Assert.Empty(tombstone!.Tags);
        Assert.Equal(Showing.Nowhere, tombstone.Shown);
    }
}
