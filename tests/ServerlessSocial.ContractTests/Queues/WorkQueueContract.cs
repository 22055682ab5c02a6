using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.ContractTests.Queues;

/// <summary>Peek-lock queues, as every queue service must behave.</summary>
public abstract class WorkQueueContract(WorkQueueFixture fixture)
{
    /// <summary>A queue of this test's own.</summary>
    private readonly string queue = fixture.TakeQueue();

    /// <summary>The queue of this test alone.</summary>
    protected string Queue => queue;

    private static CancellationToken None => CancellationToken.None;

    private Task SendAsync(params string[] ids) =>
        fixture.Queue.SendAsync(ids.Select(id => new WorkItem(queue, id, new($"partition-{id}", id, 3))).ToArray(), None).AsTask();

    [ContractFact]
    public async Task A_message_arrives_as_it_was_sent_and_is_gone_when_completed()
    {
        var message = new WorkMessage("päckchen", "id", 42, "waiting") { Attempt = 2, Part = 7, After = "x", TraceParent = "00-a-b-01" };
        await fixture.Queue.SendAsync([new(queue, "m1", message)], None);

        var delivery = Assert.Single(await fixture.ReceiveAsync(queue, 10, None));
        Assert.Equal(("m1", message, 1), (delivery.MessageId, delivery.Message, delivery.DeliveryCount));
        Assert.Empty(await fixture.PeekLockAsync(queue));
        Assert.True(await fixture.CompleteAsync(delivery));
        await fixture.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Empty(await fixture.PeekLockAsync(queue));
    }

    [ContractFact]
    public async Task Messages_come_in_order_and_not_more_than_asked_for()
    {
        await SendAsync("1", "2", "3", "4", "5");
        Assert.Equal(["1", "2"], (await fixture.ReceiveAsync(queue, 2, None)).Select(delivery => delivery.MessageId));
        Assert.Equal(["3", "4", "5"], (await fixture.ReceiveAsync(queue, 10, None)).Select(delivery => delivery.MessageId));
    }

    [ContractFact]
    public async Task A_waiting_receiver_gets_a_message_that_is_sent_later()
    {
        var waiting = fixture.ReceiveAsync(queue, 1, None);
        Assert.False(waiting.IsCompleted);
        await SendAsync("late");
        Assert.Equal("late", Assert.Single(await waiting).MessageId);
    }

    [ContractFact]
    public async Task A_waiting_receiver_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var waiting = fixture.ReceiveAsync(queue, 1, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [ContractFact]
    public async Task A_message_of_a_known_id_is_dropped_within_the_window_only()
    {
        await SendAsync("same");
        await SendAsync("same", "same");
        await fixture.CompleteAsync(Assert.Single(await fixture.ReceiveAsync(queue, 10, None)));
        await SendAsync("same");
        Assert.Empty(await fixture.PeekLockAsync(queue));

        await fixture.PassAsync(TimeSpan.FromSeconds(61));
        await SendAsync("same");
        Assert.Single(await fixture.PeekLockAsync(queue));
    }

    [ContractFact]
    public async Task An_abandoned_message_comes_again_and_counts_its_deliveries()
    {
        await SendAsync("m");
        var first = Assert.Single(await fixture.ReceiveAsync(queue, 1, None));
        Assert.True(await fixture.AbandonAsync(first, TimeSpan.Zero));
        var second = Assert.Single(await fixture.ReceiveAsync(queue, 1, None));
        Assert.Equal(2, second.DeliveryCount);
        Assert.False(await fixture.CompleteAsync(first), "the first delivery's lock is over");
        Assert.True(await fixture.CompleteAsync(second));
    }

    [ContractFact]
    public async Task A_message_whose_lock_expired_comes_again_to_a_waiting_receiver()
    {
        await SendAsync("m");
        var first = Assert.Single(await fixture.ReceiveAsync(queue, 1, None));
        var waiting = fixture.ReceiveAsync(queue, 1, None);
        await fixture.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(await fixture.PeekLockAsync(queue));
        await fixture.PassAsync(TimeSpan.FromSeconds(4));
        var second = Assert.Single(await waiting);
        Assert.Equal(("m", 2), (second.MessageId, second.DeliveryCount));
        Assert.False(await fixture.RenewAsync(first));
    }

    [ContractFact]
    public async Task A_renewed_lock_holds_on()
    {
        await SendAsync("m");
        var delivery = Assert.Single(await fixture.ReceiveAsync(queue, 1, None));
        await fixture.PassAsync(TimeSpan.FromSeconds(3));
        Assert.True(await fixture.RenewAsync(delivery));
        await fixture.PassAsync(TimeSpan.FromSeconds(3));
        Assert.Empty(await fixture.PeekLockAsync(queue));
        Assert.True(await fixture.CompleteAsync(delivery));
    }

    [ContractFact]
    public async Task A_message_abandoned_with_a_delay_waits_so_long()
    {
        await SendAsync("m");
        await fixture.AbandonAsync(Assert.Single(await fixture.ReceiveAsync(queue, 1, None)), TimeSpan.FromSeconds(3));
        Assert.Empty(await fixture.PeekLockAsync(queue));
        var waiting = fixture.ReceiveAsync(queue, 1, None);
        await fixture.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(2, Assert.Single(await waiting).DeliveryCount);
    }

    [ContractFact]
    public async Task A_scheduled_message_does_not_arrive_early()
    {
        await fixture.Queue.SendAsync([new(queue, "later", new("p", "i", 1), Now() + TimeSpan.FromSeconds(3))], None);
        await SendAsync("now");
        var first = Assert.Single(await fixture.ReceiveAsync(queue, 10, None));
        Assert.Equal("now", first.MessageId);
        Assert.True(await fixture.CompleteAsync(first));
        await fixture.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Equal("later", Assert.Single(await fixture.ReceiveAsync(queue, 10, None)).MessageId);
    }

    [ContractFact]
    public async Task A_message_that_fails_every_delivery_is_dead_lettered()
    {
        await SendAsync("poison");
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            await fixture.AbandonAsync(Assert.Single(await fixture.ReceiveAsync(queue, 1, None)), TimeSpan.Zero);
        }

        Assert.Empty(await fixture.PeekLockAsync(queue));
        var dead = Assert.Single(await fixture.PeekLockAsync(queue, deadLetters: true));
        Assert.Equal("poison", dead.MessageId);
        Assert.True(await fixture.CompleteAsync(dead));
        Assert.Empty(await fixture.PeekLockAsync(queue, deadLetters: true));
    }

    [ContractFact]
    public async Task A_message_whose_last_lock_expires_is_dead_lettered()
    {
        await SendAsync("silent");
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            Assert.Equal(delivery, Assert.Single(await fixture.ReceiveAsync(queue, 1, None)).DeliveryCount);
            await fixture.PassAsync(TimeSpan.FromSeconds(6));
        }

        Assert.Empty(await fixture.PeekLockAsync(queue));
        Assert.Equal("silent", Assert.Single(await fixture.PeekLockAsync(queue, deadLetters: true)).MessageId);
    }

    [ContractFact]
    public async Task Concurrent_receivers_share_messages_without_doubles()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(sender => SendAsync([.. Enumerable.Range(0, 20).Select(i => $"{sender}.{i}")])));
        var seen = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var all = new CancellationTokenSource();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    foreach (var delivery in await fixture.ReceiveAsync(queue, 7, all.Token))
                    {
                        seen.Add(delivery.MessageId);
                        Assert.True(await fixture.CompleteAsync(delivery));
                    }

                    if (seen.Count >= 200)
                    {
                        await all.CancelAsync();
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // Every message was seen.
            }
        })));

        Assert.Equal(200, seen.Count);
        Assert.Equal(200, seen.Distinct().Count());
    }

    [ContractFact]
    public async Task Sending_to_a_queue_nobody_declared_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await fixture.Queue.SendAsync([new("nowhere", "m", new("p", "i", 1))], None));

    protected abstract DateTimeOffset Now();
}
