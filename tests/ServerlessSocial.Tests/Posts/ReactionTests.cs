using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Posts;

public sealed class ReactionTests
{
    [Fact]
    public async Task Likes_are_counted_exactly_however_many_change_their_minds_at_once()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var fans = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => host.SignUpAsync($"fan_{i}")));
        var post = await anna.PostAsync("The first strawberries of the year");
        await host.SettleAsync();
        var like = $"posts/{post.Id()}/like";

        await Task.WhenAll(fans.Select(async (fan, i) =>
        {
            for (var round = 0; round < 4; round++)
            {
                await fan.PutAsync(like);
                await fan.PutAsync(like);
                await fan.DeleteAsync(like);
            }

            if (i % 3 != 0)
            {
                await fan.PutAsync(like);
            }
        }));
        await host.SettleAsync();

        Assert.Equal(8, (await host.Anonymous.ReadAsync($"posts/{post.Id()}")).Count("likes"));
        Assert.True((await fans[1].Client.ReadAsync($"posts/{post.Id()}")).GetProperty("viewer").GetProperty("liked").GetBoolean());
        Assert.False((await fans[0].Client.ReadAsync($"posts/{post.Id()}")).GetProperty("viewer").GetProperty("liked").GetBoolean());

        await Task.WhenAll(fans.Select(fan => fan.DeleteAsync(like)));
        await host.SettleAsync();
        Assert.Equal(0, (await host.Anonymous.ReadAsync($"posts/{post.Id()}")).Count("likes"));
    }

    [Fact]
    public async Task A_like_given_again_while_taking_it_back_is_noted_as_waiting_leaves_nothing_waiting()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var post = await anna.PostAsync("The first strawberries of the year");
        await host.SettleAsync();
        var like = $"posts/{post.Id()}/like";
        await ben.PutAsync(like);
        await host.SettleAsync();
        await ben.DeleteAsync(like);
        await host.SettleAsync();

        // As it is when the change feed shows the new like before it showed that the old one is undone.
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var id = ReactionDocument.IdOf(ReactionKind.Like, post.Id());
        var noted = host.Services.GetRequiredService<WaitingIndex>().Entry(ReactionPipeline.Queue, WaitingDocument.IdOf(ben.Id, id), new(ben.Id, id, 2));
        await documents.UpsertManyAsync([noted], default);
        await ben.PutAsync(like);
        await host.SettleAsync();

        Assert.Null(await documents.FindAsync<WaitingDocument>(noted.Partition, noted.Id, default));
        Assert.Equal(1, (await host.Anonymous.ReadAsync($"posts/{post.Id()}")).Count("likes"));
    }

    [Fact]
    public async Task Bookmarks_and_likes_are_lists_of_ones_own()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var first = await anna.PostAsync("First");
        var second = await anna.PostAsync("Second");
        var third = await anna.PostAsync("Third");
        await host.SettleAsync();
        foreach (var post in new[] { third, first, second })
        {
            await ben.PutAsync($"posts/{post.Id()}/bookmark");
        }

        Assert.Equal([second.Id(), first.Id(), third.Id()], await ben.Client.ListAsync("me/bookmarks"));
        await ben.PutAsync($"posts/{first.Id()}/like");
        await ben.DeleteAsync($"posts/{second.Id()}/bookmark");
        await host.SettleAsync();

        Assert.Equal([first.Id(), third.Id()], await ben.Client.ListAsync("me/bookmarks"));
        Assert.Equal([first.Id(), third.Id()], await ben.Client.ListAsync("me/bookmarks", limit: 1));
        Assert.Equal([first.Id()], await ben.Client.ListAsync("me/likes"));
        Assert.Empty(await anna.Client.ListAsync("me/bookmarks"));
        Assert.False((await anna.Client.ReadAsync($"posts/{third.Id()}")).GetProperty("viewer").GetProperty("bookmarked").GetBoolean());
        Assert.Equal(HttpStatusCode.Unauthorized, await host.Anonymous.StatusAsync("me/bookmarks"));

        await anna.DeleteAsync($"posts/{third.Id()}");
        Assert.Equal([first.Id()], await ben.Client.ListAsync("me/bookmarks"));
        Assert.Equal(HttpStatusCode.NotFound, await ben.PutAsync($"posts/{third.Id()}/bookmark"));
        Assert.Equal(HttpStatusCode.NoContent, await ben.DeleteAsync($"posts/{third.Id()}/bookmark"));
    }

    [Fact]
    public async Task Likes_stand_in_the_order_in_which_they_were_given_last()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var posts = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            posts.Add((await anna.PostAsync($"Post {i}")).Id());
        }

        await host.SettleAsync();
        foreach (var i in new[] { 2, 4, 0, 3, 1 })
        {
            await ben.PutAsync($"posts/{posts[i]}/like");
            await ben.PutAsync($"posts/{posts[i]}/boost");
        }

        await host.SettleAsync();
        await ben.DeleteAsync($"posts/{posts[4]}/like");
        await host.SettleAsync();
        await ben.PutAsync($"posts/{posts[4]}/like");

        string[] expected = [posts[4], posts[1], posts[3], posts[0], posts[2]];
        Assert.Equal(expected, await ben.Client.ListAsync("me/likes"));
        Assert.Equal(expected, await ben.Client.ListAsync("me/likes", limit: 2));
    }

    [Fact]
    public async Task A_boost_is_counted_and_can_be_taken_back()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        var ben = await host.SignUpAsync("ben");
        var post = await anna.PostAsync("Please pass on: the market opens at eight");
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.OK, await ben.PutAsync($"posts/{post.Id()}/boost"));
        Assert.Equal(HttpStatusCode.OK, await anna.PutAsync($"posts/{post.Id()}/boost"));
        await host.SettleAsync();
        Assert.Equal(2, (await host.Anonymous.ReadAsync($"posts/{post.Id()}")).Count("boosts"));

        Assert.Equal(HttpStatusCode.OK, await ben.DeleteAsync($"posts/{post.Id()}/boost"));
        await host.SettleAsync();
        Assert.Equal(1, (await host.Anonymous.ReadAsync($"posts/{post.Id()}")).Count("boosts"));
    }
}
