using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Tests.Platform.Pipelines;

/// <summary>What holds for each function behind a queue, found as the hosts find them.</summary>
public sealed class QueueFunctionTests
{
    private static readonly WorkMessage Message = new("nobody", "nothing", 1, "nobody:nothing");

    public static TheoryData<string> Workers => [.. Functions(deadLetters: false)];

    public static TheoryData<string> DeadLetterFunctions => [.. Functions(deadLetters: true)];

    [Theory]
    [MemberData(nameof(Workers))]
    public async Task A_worker_that_meets_an_outage_comes_again_later_and_once(string name)
    {
        await using var world = await PipelineWorld.StartAsync();
        world.Store.IsOut = true;
        var queue = QueueOf(name);

        await InvokeAsync(world, name, Message);

        // As after a crash between sending the new message and letting go of the old one.
        await InvokeAsync(world, name, Message);
        Assert.Equal((1, 0), await world.CountAsync(queue));
    }

    [Theory]
    [MemberData(nameof(Workers))]
    public async Task What_a_worker_has_given_up_is_not_tried_again_and_goes_to_the_dead_letter_queue(string name)
    {
        await using var world = await PipelineWorld.StartAsync();

        // A document that is missing would be waited for.
        await Assert.ThrowsAsync<GivenUpException>(() => InvokeAsync(world, name, Message with { GivenUp = true }));

        Assert.Equal((0, 0), await world.CountAsync(QueueOf(name)));
    }

    [Theory]
    [MemberData(nameof(DeadLetterFunctions))]
    public async Task A_dead_letter_function_never_leaves_its_message_to_a_queue_that_would_deliver_it_at_once_for_ever(string name)
    {
        await using var world = await PipelineWorld.StartAsync();
        world.Store.IsOut = true;

        await InvokeAsync(world, name, Message);
    }

    private static IEnumerable<string> Functions(bool deadLetters) => FunctionCatalog.TriggeredBy<ServiceBusTriggerAttribute>()
        .Where(entry => entry.Trigger.QueueName.EndsWith(DeadLetters.Suffix, StringComparison.Ordinal) == deadLetters)
        .Select(entry => entry.Function.Name);

    private static string QueueOf(string name) =>
        FunctionCatalog.TriggeredBy<ServiceBusTriggerAttribute>().Single(entry => entry.Function.Name == name).Trigger.QueueName;

    private static Task InvokeAsync(PipelineWorld world, string name, WorkMessage message)
    {
        var function = FunctionCatalog.Functions.Single(function => function.Name == name);
        return FunctionInvocation.InvokeAsync(function, world.Host.Services.GetRequiredService(function.Class), message, default);
    }
}
