using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Tests.Graph;

public sealed class BlockTests
{
    [Fact]
    public async Task A_block_hides_both_from_each_other_and_ends_follows_both_ways_from_the_answer_on()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta, clara) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"), await host.SignUpAsync("clara"));
        await Task.WhenAll(anna.PutAsync("follow", berta), berta.PutAsync("follow", anna), anna.PutAsync("follow", clara), berta.PutAsync("follow", clara));
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync("block", berta));

        // At once, for the one who is blocked ...
        Assert.Equal(HttpStatusCode.NotFound, await berta.Client.StatusAsync("profiles/anna"));
        Assert.Equal(HttpStatusCode.NotFound, await berta.Client.StatusAsync("profiles/anna/followers"));
        Assert.Equal(HttpStatusCode.NotFound, await berta.Client.StatusAsync("profiles/anna/following"));
        Assert.Equal(HttpStatusCode.NotFound, await berta.PutAsync("follow", anna));
        Assert.Equal(HttpStatusCode.NotFound, await berta.PutAsync("mute", anna));

        // ... and for the one who blocks, who still sees whom to unblock.
        var reduced = await anna.SeeAsync(berta);
        Assert.True(reduced.Viewer("blocking"));
        Assert.Equal("berta", reduced.GetProperty("handle").GetString());
        Assert.Equal(0, reduced.GetProperty("following").GetInt64());
        Assert.Empty(await anna.Client.ListAsync("profiles/berta/following", 20));
        Assert.Equal(HttpStatusCode.NotFound, await anna.PutAsync("follow", berta));
        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync("block", berta));

        await host.SettleAsync();
        Assert.Equal((0, 1), await anna.CountsAsync());
        Assert.Equal((0, 1), await berta.CountsAsync());
        Assert.Equal(["anna"], await anna.Client.ListAsync("profiles/clara/followers", 20));
        Assert.Equal(["berta"], await berta.Client.ListAsync("profiles/clara/followers", 20));
        Assert.Equal(2, (await host.Anonymous.ListAsync("profiles/clara/followers", 20)).Count);
    }

    [Fact]
    public async Task A_lifted_block_shows_both_again_and_restores_no_follow()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        await berta.PutAsync("follow", anna);
        await anna.PutAsync("block", berta);

        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync("block", berta));
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync("block", berta));

        Assert.False((await berta.SeeAsync(anna)).Viewer("following"));
        Assert.False((await anna.SeeAsync(berta)).Viewer("blocking"));
        Assert.Equal(HttpStatusCode.NoContent, await berta.PutAsync("follow", anna));
        await host.SettleAsync();
        Assert.Equal((1, 0), await anna.CountsAsync());
        Assert.Equal((0, 1), await berta.CountsAsync());
    }

    [Fact]
    public async Task Two_who_block_each_other_lift_their_own_block_alone()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        await anna.PutAsync("block", berta);
        Assert.Equal(HttpStatusCode.NoContent, await berta.PutAsync("block", anna));
        Assert.Equal(HttpStatusCode.NotFound, await anna.Client.StatusAsync("profiles/berta"));

        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync("block", berta));

        Assert.Equal(HttpStatusCode.NotFound, await anna.Client.StatusAsync("profiles/berta"));
        Assert.True((await berta.SeeAsync(anna)).Viewer("blocking"));
    }

    [Fact]
    public async Task Blocks_and_follows_at_the_same_time_leave_no_follow_across_a_block()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));

        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(_ => new[]
        {
            berta.PutAsync("follow", anna), anna.PutAsync("block", berta), anna.PutAsync("follow", berta), anna.DeleteAsync("block", berta),
        }));
        await anna.PutAsync("block", berta);
        await host.SettleAsync();

        Assert.Equal((0, 0), await anna.CountsAsync());
        Assert.Equal((0, 0), await berta.CountsAsync());
        Assert.Empty(await host.Anonymous.ListAsync("profiles/anna/followers", 20));
        Assert.Empty(await host.Anonymous.ListAsync("profiles/anna/following", 20));
        Assert.Equal(HttpStatusCode.NotFound, await berta.Client.StatusAsync("profiles/anna"));
    }

    [Fact]
    public async Task The_pipeline_tells_the_other_side_when_the_request_died_before_it_could()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        await berta.PutAsync("follow", anna);
        await host.SettleAsync();

        var documents = host.Services.GetRequiredService<IDocumentStore>();
        await documents.CreateAsync(
            new RelationDocument { Id = berta.Id, OwnerId = anna.Id, Blocking = true, WorkSince = TimeProvider.System.GetUtcNow() }, default);
        await host.SettleAsync();

        Assert.Equal(HttpStatusCode.NotFound, await berta.Client.StatusAsync("profiles/anna"));
        Assert.Equal((0, 0), await anna.CountsAsync());
        Assert.Equal((0, 0), await berta.CountsAsync());
    }

    [Fact]
    public async Task A_mute_is_seen_by_the_one_who_mutes_alone()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        await anna.PutAsync("follow", berta);

        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync("mute", berta));
        Assert.Equal(HttpStatusCode.NoContent, await anna.PutAsync("mute", berta));
        await host.SettleAsync();
        var muted = await anna.SeeAsync(berta);
        var theirs = await berta.SeeAsync(anna);
        Assert.Equal(HttpStatusCode.NoContent, await anna.DeleteAsync("mute", berta));

        Assert.True(muted.Viewer("muting"));
        Assert.True(muted.Viewer("following"));
        Assert.False(theirs.Viewer("muting"));
        Assert.True(theirs.Viewer("followedBy"));
        Assert.False((await anna.SeeAsync(berta)).Viewer("muting"));
    }
}
