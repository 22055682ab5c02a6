using System.Net;
using System.Net.Http.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServerlessSocial.Hosts;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Tests.Platform.Pipelines;

/// <summary>The index of waiting work, its shards, and the sweep that empties it.</summary>
public sealed class SweepTests
{
    [Fact]
    public async Task When_nothing_waits_any_more_nothing_is_scheduled()
    {
        await using var world = await PipelineWorld.StartAsync();
        var anna = await world.Host.SignUpAsync("anna");
        using var response = await anna.Client.PostAsJsonAsync("posts", new { text = "A fine day" });

        await world.PassAsync(TimeSpan.FromSeconds(30));
        Assert.NotEqual(0, (await world.CountAsync(SweepWaiting.Queue)).Scheduled);
        await world.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Empty(await world.WaitingAsync());
        Assert.Equal((0, 0), await world.CountAsync(SweepWaiting.Queue));
    }

    [Fact]
    public async Task However_much_is_noted_a_minute_has_one_wake_up()
    {
        await using var world = await PipelineWorld.StartAsync();

        for (var i = 0; i < 20; i++)
        {
            await world.Dispatcher.WakeAsync(world.Time.GetUtcNow() + Dispatcher.Patience, default);
        }

        await new Dispatcher(world.Store, world.Queue, Index(world), new WakeUps(world.Time), world.Time).WakeAsync(world.Time.GetUtcNow() + Dispatcher.Patience, default);
        Assert.Equal(1, (await world.CountAsync(SweepWaiting.Queue)).Scheduled);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Work_whose_message_was_lost_is_sent_again_within_three_minutes(int shards)
    {
        await using var world = await PipelineWorld.StartAsync(null, $"Waiting:Shards={shards}");
        var entries = await LoseAsync(world, 40);
        Assert.Equal(shards, entries.Select(entry => entry.Partition).Distinct().Count());
        await world.Dispatcher.WakeAsync(entries[0].DueAt, default);

        await world.PassAsync(TimeSpan.FromMinutes(3));

        // There was nothing left to do, so that they are struck off when they come.
        Assert.Empty(await world.WaitingAsync());
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(4, 1)]
    [InlineData(3, 5)]
    public async Task Another_number_of_shards_loses_nothing(int before, int after)
    {
        await using var world = await PipelineWorld.StartAsync(null, $"Waiting:Shards={after}");
        var old = new WaitingIndex(world.Store, Options.Create(new WaitingOptions { Shards = before }), world.Time);
        await LoseAsync(world, 40, old);

        await world.PassAsync(TimeSpan.FromMinutes(3));
        await new SweepEverything(world.Queue, world.Time).RunAsync(new TimerInfo(), default);
        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(await world.WaitingAsync());
    }

    [Fact]
    public async Task More_than_one_message_can_look_through_goes_on_with_the_next()
    {
        await using var world = await PipelineWorld.StartAsync();
        var entries = await LoseAsync(world, 1_150);
        await world.Dispatcher.WakeAsync(entries[0].DueAt, default);

        await world.PassAsync(TimeSpan.FromMinutes(4));

        Assert.Empty(await world.WaitingAsync());
    }

    [Fact]
    public async Task Work_is_struck_off_where_it_was_noted_whatever_the_number_of_shards()
    {
        await using var world = await PipelineWorld.StartAsync(null, "Waiting:Shards=7");
        var anna = await world.Host.SignUpAsync("anna");
        using var response = await anna.Client.PostAsJsonAsync("posts", new { text = "A fine day #weather" });

        await world.PassAsync(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));

        Assert.Empty(await world.WaitingAsync());
    }

    [Fact]
    public async Task An_account_that_asks_many_times_at_once_leaves_no_work_behind()
    {
        await using var world = await PipelineWorld.StartAsync();
        var client = world.Host.NewClient(await world.Host.TokenAsync("busy"));

        var asked = Enumerable.Range(0, 8).Select(async i =>
        {
            using var response = await client.PostAsJsonAsync("profiles", new { handle = $"busy{i}", displayName = $"Busy {i}" });
            return response.StatusCode;
        }).ToList();
        while (!asked.TrueForAll(one => one.IsCompleted))
        {
            // Attempts wait for each other by this clock.
            world.Time.Advance(TimeSpan.FromMilliseconds(25));
            await Task.Delay(5);
        }

        Assert.Single(await Task.WhenAll(asked), status => status == HttpStatusCode.Created);
        await world.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Empty(await world.WaitingAsync());
        await world.PassAsync(TimeSpan.FromMinutes(12));
        Assert.Equal((0, 0), await world.CountAsync(ProfilePipeline.ModerationQueue));
    }

    [Fact]
    public async Task Work_for_something_that_is_gone_is_struck_off_within_minutes()
    {
        await using var world = await PipelineWorld.StartAsync();
        var anna = await world.Host.SignUpAsync("anna");
        await world.PassAsync(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));
        var gone = OwnedIds.Make(Ids.New(world.Time.GetUtcNow()), anna.Id);
        var entry = Index(world).Entry(PostPipeline.ModerationQueue, WaitingDocument.IdOf(anna.Id, gone), new(anna.Id, gone, 1));
        await world.Dispatcher.SendAsync([entry], default);

        // At first it may only be late.
        await world.PassAsync(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));
        Assert.Single(await world.WaitingAsync());
        await world.PassAsync(TimeSpan.FromMinutes(3));

        Assert.Empty(await world.WaitingAsync());
    }

    private static WaitingIndex Index(PipelineWorld world) => world.Host.Services.GetRequiredService<WaitingIndex>();

    /// <summary>Notes work about posts that are at rest, and sends no message.</summary>
    private static async Task<IReadOnlyList<WaitingDocument>> LoseAsync(PipelineWorld world, int count, WaitingIndex? index = null)
    {
        var anna = await world.Host.SignUpAsync("anna");
        using var response = await anna.Client.PostAsJsonAsync("posts", new { text = "A fine day" });
        await world.PassAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var post = Assert.Single((await world.Store.QueryAsync<PostDocument>(new(anna.Id, 10), default)).Items);
        var entries = Enumerable.Range(0, count)
            .Select(i => (index ?? Index(world)).Entry(PostPipeline.ModerationQueue, $"{post.Id}:{i}", new(post.AuthorId, post.Id, post.Revision)))
            .ToList();
        await world.Store.UpsertManyAsync(entries, default);
        return entries;
    }
}
