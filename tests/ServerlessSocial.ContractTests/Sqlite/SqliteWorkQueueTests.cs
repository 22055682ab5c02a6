using ServerlessSocial.ContractTests.Queues;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.ContractTests.Sqlite;

public sealed class SqliteQueueFixture : WorkQueueFixture
{
    private readonly string directory = Directory.CreateTempSubdirectory("queue-").FullName;
    private SqliteDatabase database = null!;
    private SqliteWorkQueue sqlite = null!;

    public ManualTime Time { get; } = new();

    public override IWorkQueue Queue => sqlite;

    public override async Task<IReadOnlyList<Delivery>> ReceiveAsync(string queue, int maxMessages, CancellationToken cancellationToken) =>
        Deliveries(await sqlite.ReceiveAsync(queue, maxMessages, cancellationToken));

    public override async Task<IReadOnlyList<Delivery>> PeekLockAsync(string queue, bool deadLetters = false) =>
        Deliveries(await sqlite.TryReceiveAsync(deadLetters ? queue + SqliteWorkQueue.DeadLetterSuffix : queue, 100, CancellationToken.None));

    public override Task<bool> CompleteAsync(Delivery delivery) => sqlite.CompleteAsync(Message(delivery), CancellationToken.None).AsTask();

    public override Task<bool> AbandonAsync(Delivery delivery, TimeSpan delay) => sqlite.AbandonAsync(Message(delivery), delay, CancellationToken.None).AsTask();

    public override async Task<bool> RenewAsync(Delivery delivery) => await sqlite.RenewAsync(Message(delivery), CancellationToken.None) is not null;

    public override Task PassAsync(TimeSpan passing)
    {
        Time.Advance(passing);
        return Task.CompletedTask;
    }

    public override Task InitializeAsync()
    {
        database = SqliteFixture.Open(directory);
        sqlite = new(database, Queues, Time);
        return Task.CompletedTask;
    }

    public override async Task DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static IReadOnlyList<Delivery> Deliveries(IReadOnlyList<ReceivedMessage> messages) => [.. messages.Select(message => new SqliteDelivery(message))];

    private static ReceivedMessage Message(Delivery delivery) => ((SqliteDelivery)delivery).Received;

    private sealed record SqliteDelivery(ReceivedMessage Received) : Delivery(Received.MessageId, Received.Message, Received.DeliveryCount);
}

public sealed class SqliteWorkQueueTests(SqliteQueueFixture fixture) : WorkQueueContract(fixture), IClassFixture<SqliteQueueFixture>
{
    protected override DateTimeOffset Now() => fixture.Time.GetUtcNow();

    [Fact]
    public async Task A_message_does_not_come_a_part_of_a_millisecond_before_its_time()
    {
        var due = DateTimeOffset.FromUnixTimeMilliseconds(Now().ToUnixTimeMilliseconds()).AddTicks(5);
        await fixture.Queue.SendAsync([new(Queue, "due", new("p", "i", 1), due)], CancellationToken.None);

        Assert.Empty(await fixture.PeekLockAsync(Queue));
        await fixture.PassAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal("due", Assert.Single(await fixture.PeekLockAsync(Queue)).MessageId);
    }
}
