using System.Net.Http.Json;
using System.Text.Json;
using ServerlessSocial.Hosts;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Platform.Pipelines;

/// <summary>What becomes of work while something is out, in the time of a clock that the test moves.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task An_outage_of_the_model_of_more_than_half_an_hour_ends_with_the_work_done_and_no_dead_letter()
    {
        ScriptedClassifier? classifier = null;
        await using var world = await PipelineWorld.StartAsync(time => classifier = Until(time, time.GetUtcNow().AddMinutes(36), new HttpRequestException("The model is out.")));
        var anna = await world.Host.SignUpAsync("anna");
        var id = await PostAsync(anna);

        await world.PassAsync(TimeSpan.FromMinutes(35));
        Assert.Equal(ModerationStatus.Pending, (await FindAsync(world, anna, id)).Moderation.Status);
        Assert.InRange(classifier!.Calls.Count, 8, 13);

        await world.PassAsync(TimeSpan.FromMinutes(25));
        Assert.Equal(ModerationStatus.Approved, (await FindAsync(world, anna, id)).Moderation.Status);
        Assert.Empty(await world.WaitingAsync());
        foreach (var queue in Product.Queues)
        {
            Assert.Equal((0, 0), await world.CountAsync(queue.Name));
        }
    }

    [Fact]
    public async Task An_outage_of_the_store_of_half_an_hour_ends_with_the_work_done_and_no_dead_letter()
    {
        PipelineWorld? world = null;
        var over = false;
        await using var running = world = await PipelineWorld.StartAsync(time => new ScriptedClassifier(time, _ =>
        {
            world!.Store.IsOut = !over;
        }));
        var anna = await world.Host.SignUpAsync("anna");
        var id = await PostAsync(anna);

        await world.PassAsync(TimeSpan.FromMinutes(30));
        Assert.True(world.Store.IsOut);
        (over, world.Store.IsOut) = (true, false);
        Assert.Equal(ModerationStatus.Pending, (await FindAsync(world, anna, id)).Moderation.Status);

        await world.PassAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(ModerationStatus.Approved, (await FindAsync(world, anna, id)).Moderation.Status);
        foreach (var queue in Product.Queues)
        {
            Assert.Equal(0, (await world.CountAsync(queue.Name)).DeadLettered);
        }
    }

    [Fact]
    public async Task A_failure_that_stays_ends_in_the_dead_letter_function_after_about_an_hour_and_not_at_once()
    {
        ScriptedClassifier? classifier = null;
        await using var world = await PipelineWorld.StartAsync(time => classifier = Until(time, DateTimeOffset.MaxValue, new HttpRequestException("The model is out.")));
        var anna = await world.Host.SignUpAsync("anna");
        var id = await PostAsync(anna);

        await world.PassAsync(TimeSpan.FromMinutes(35));
        Assert.Equal(ModerationStatus.Pending, (await FindAsync(world, anna, id)).Moderation.Status);

        await world.PassAsync(TimeSpan.FromMinutes(30));
        var post = await FindAsync(world, anna, id);
        Assert.Equal((ModerationStatus.Held, ModeratePostDeadLetter.Reason), (post.Moderation.Status, post.Moderation.Reason));

        Assert.Equal(new RetryOptions().Tries, classifier!.Calls.Count);
    }

    [Fact]
    public async Task A_bug_is_tried_a_few_times_and_then_somebody_is_asked()
    {
        ScriptedClassifier? classifier = null;
        await using var world = await PipelineWorld.StartAsync(
            time => classifier = Until(time, DateTimeOffset.MaxValue, new InvalidOperationException("The model answered nonsense.")));
        var anna = await world.Host.SignUpAsync("anna");
        var id = await PostAsync(anna);
        await world.PassAsync(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1));
        Assert.Equal(ModerationStatus.Pending, (await FindAsync(world, anna, id)).Moderation.Status);

        await world.PassAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5));

        Assert.Equal(ModerationStatus.Held, (await FindAsync(world, anna, id)).Moderation.Status);
        Assert.Equal(new RetryOptions().UnknownTries, classifier!.Calls.Count);
    }

    [Fact]
    public async Task A_fault_of_another_kind_after_an_outage_is_not_the_last_straw()
    {
        ScriptedClassifier? classifier = null;
        await using var world = await PipelineWorld.StartAsync(time => classifier = new(time, _ =>
        {
            var tries = classifier!.Calls.Count;
            if (tries <= 6)
            {
                throw tries == 6 ? new InvalidOperationException("The model answered nonsense.") : new HttpRequestException("The model is out.");
            }
        }));
        var anna = await world.Host.SignUpAsync("anna");
        var id = await PostAsync(anna);

        await world.PassAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5));

        Assert.Equal(ModerationStatus.Approved, (await FindAsync(world, anna, id)).Moderation.Status);
    }

    [Fact]
    public async Task Whoever_throttles_is_left_alone_for_as_long_as_it_asks()
    {
        ScriptedClassifier? classifier = null;
        await using var world = await PipelineWorld.StartAsync(
            time => classifier = Until(time, time.GetUtcNow().AddMinutes(20), new StoreThrottledException(TimeSpan.FromMinutes(20))));
        var anna = await world.Host.SignUpAsync("anna");
        var id = await PostAsync(anna);

        await world.PassAsync(TimeSpan.FromMinutes(22));

        Assert.Equal(ModerationStatus.Approved, (await FindAsync(world, anna, id)).Moderation.Status);
        Assert.Equal(2, classifier!.Calls.Count);
        Assert.True(classifier.Calls[1] - classifier.Calls[0] >= TimeSpan.FromMinutes(20));
    }

    private static ScriptedClassifier Until(TimeProvider time, DateTimeOffset end, Exception failure) => new(time, now =>
    {
        if (now < end)
        {
            throw failure;
        }
    });

    private static async Task<string> PostAsync(TestUser author)
    {
        using var response = await author.Client.PostAsJsonAsync("posts", new { text = "A fine day" });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<PostDocument> FindAsync(PipelineWorld world, TestUser author, string id) =>
        (await world.Store.FindAsync<PostDocument>(author.Id, id, default))!;
}
