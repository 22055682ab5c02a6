using System.Threading.Channels;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Ai;

/// <summary>
/// Makes calls of models and keeps a ledger of them: which model, what for, by which instructions, how many tokens, how long, at what cost; never what
/// was said. Whoever calls a model calls it through here.
/// </summary>
/// <remarks>
/// Entries are written together some seconds later, and when the process stops, so that a request does not wait for them; a process that dies loses those
/// seconds. While the store is out the newest <see cref="MostUnwritten"/> wait.
/// </remarks>
public sealed partial class ModelLedger(IDocumentStore documents, SpendCeiling ceiling, TimeProvider time, ILogger<ModelLedger> log) : BackgroundService
{
    private const int MostUnwritten = 10_000;
    private const int CallsPerDocument = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Channel<ModelCallEntry> entries = Channel.CreateBounded<ModelCallEntry>(
        new BoundedChannelOptions(MostUnwritten) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Calls a model, and notes what that took.</summary>
    /// <param name="what">What is called.</param>
    /// <param name="call">The call; what it throws is noted as failed.</param>
    public async Task<T> CallAsync<T>(ModelCall what, Func<Task<T>> call)
    {
        what.Begin();
        using var use = ModelUse.Count();
        var begun = time.GetTimestamp();
        var failed = true;
        try
        {
            var answer = await call();
            failed = false;
            return answer;
        }
        finally
        {
            var took = (long)time.GetElapsedTime(begun).TotalMilliseconds;
            entries.Writer.TryWrite(new(time.GetUtcNow(), what.Model, what.Purpose, what.PromptVersion, use.Input, use.Output, took, use.Dollars, failed));

            // Not cancelled with its call: it is spent.
            await ceiling.SpendAsync(use.Dollars);
        }
    }

    /// <summary>Writes what has not been written yet.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await ceiling.NoteAsync(cancellationToken);
        var calls = new List<ModelCallEntry>(CallsPerDocument);
        while (entries.Reader.TryRead(out var entry))
        {
            calls.Add(entry);
            if (calls.Count == CallsPerDocument || entries.Reader.Count == 0)
            {
                await WriteAsync(calls, cancellationToken);
                calls.Clear();
            }
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await entries.Reader.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(Pause, time, stoppingToken);
                await TryWriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is written when the host has stopped.
        }
    }

    private async Task TryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            NotWritten(log, exception);
        }
    }

    private async Task WriteAsync(IReadOnlyList<ModelCallEntry> calls, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            var document = new ModelCallsDocument { Id = Ids.New(now), Span = ModelCallsDocument.SpanOf(now), Calls = [.. calls] };
            (await documents.CreateAsync(document, cancellationToken)).NotThrottled();
        }
        catch
        {
            foreach (var call in calls)
            {
                entries.Writer.TryWrite(call);
            }

            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ledger of model calls could not be written; it is tried again.")]
    private static partial void NotWritten(ILogger log, Exception exception);
}
