using System.Globalization;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Accounts;

/// <summary>
/// Carries out a deletion: first everything is undone through the pipelines that did it, then, after a quiet while, what is undone is erased.
/// Both walk through the same steps, a few pages a message; the note in the waiting index tells how far they are.
/// </summary>
public sealed class EraseAccount(
    Worker worker, Dispatcher dispatcher, AccountClosing closing, IEnumerable<IErasureStep> steps, IOptions<PrivacyOptions> options, TimeProvider time)
{
    /// <summary>Pages a message does at most: a small account is done in two messages.</summary>
    private const int PagesPerMessage = 25;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    private readonly IReadOnlyList<IErasureStep> steps = [.. steps.OrderBy(step => step.Stage).ThenBy(step => step.GetType().Name, StringComparer.Ordinal)];

    /// <summary>Runs for a deletion that is not done; the message tells where it goes on.</summary>
    [Function(nameof(EraseAccount))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(DeletionPipeline.Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<DeletionPipeline, DeletionDocument>(
            DeletionPipeline.Queue, message, deletion => EraseAsync(deletion, message, cancellationToken), cancellationToken);

    private async Task EraseAsync(DeletionDocument deletion, WorkMessage message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!await closing.CloseAsync(deletion, cancellationToken))
        {
            // The sign-in is gone, or belongs to another wish of the same person: there is nothing that is this one's.
            await worker.FinishAsync(deletion.Done(now, options.Value.CaseRetention), cancellationToken);
        }
        else if (deletion.EraseFrom > now)
        {
            // The queue's clock may be ahead of this one: a second message to wait for the same moment is not the first one again, or it would be taken for that and dropped.
            await SendAsync(message, deletion, Position.Start with { Message = Position.Parse(message.After).Message }, deletion.EraseFrom, cancellationToken);
        }
        else
        {
            await WalkAsync(deletion, message, cancellationToken);
        }
    }

    private async Task WalkAsync(DeletionDocument deletion, WorkMessage message, CancellationToken cancellationToken)
    {
        var person = new ErasedPerson(deletion.ProfileId!, deletion.AccountId!, IsFinal: deletion.State == DeletionState.Erasing);
        var position = Position.Parse(message.After);
        for (var pages = 0; pages < PagesPerMessage; pages++)
        {
            var step = StepOf(position);
            var page = await step.PageAsync(person, position.After, cancellationToken);
            if (person.IsFinal && !page.IsAtRest)
            {
                // Its own pipeline is still undoing it: the page comes again, however long that takes.
                await SendAsync(message, deletion, position with { Waits = position.Waits + 1 }, time.GetUtcNow() + PauseAfter(position.Waits), cancellationToken);
                return;
            }

            if (page.Next is null && step == steps[^1])
            {
                await worker.FinishAsync(Advanced(deletion), cancellationToken);
                return;
            }

            position = page.Next is { } next
                ? position with { Step = step.GetType().Name, After = next, Waits = 0 }
                : new(position.Message, 0, steps[Index(step) + 1].GetType().Name, null);
        }

        await SendAsync(message, deletion, position, null, cancellationToken);
    }

    private DeletionDocument Advanced(DeletionDocument deletion)
    {
        var now = time.GetUtcNow();
        return deletion.State == DeletionState.Undoing
            ? deletion with { State = DeletionState.Erasing, EraseFrom = now + options.Value.Quiet }
            : deletion.Done(now, options.Value.CaseRetention);
    }

    private async Task SendAsync(
        WorkMessage message, DeletionDocument deletion, Position position, DateTimeOffset? notBefore, CancellationToken cancellationToken)
    {
        var next = message.Untried() with { After = (position with { Message = position.Message + 1 }).ToString(), Revision = deletion.Revision };
        var work = dispatcher.Waiting(DeletionPipeline.Queue, message.WaitingId!, next);
        await dispatcher.SendAsync([notBefore is { } until ? work with { DueAt = until + Dispatcher.Patience } : work], cancellationToken, notBefore);
    }

    /// <summary>The step a position names; the first one if there is no such step any more.</summary>
    private IErasureStep StepOf(Position position) => steps.FirstOrDefault(step => step.GetType().Name == position.Step) ?? steps[0];

    private int Index(IErasureStep step) => ((List<IErasureStep>)[.. steps]).IndexOf(step);

    private static TimeSpan PauseAfter(int waits) =>
        TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, Math.Min(waits, 20))));

    /// <summary>Where a message goes on.</summary>
    /// <param name="Message">Counts messages, so that no two of a walk are taken for the same.</param>
    /// <param name="Waits">How often in a row it waited for pipelines that are still undoing something.</param>
    /// <param name="Step">Name of the step; empty for the first.</param>
    /// <param name="After">Where within it.</param>
    private readonly record struct Position(int Message, int Waits, string Step, string? After)
    {
        public static Position Start { get; } = new(0, 0, string.Empty, null);

        public static Position Parse(string? text) => text?.Split('/', 4) is [var message, var waits, var step, var after]
            ? new(Number(message), Number(waits), step, after.Length == 0 ? null : after)
            : Start;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Message}/{Waits}/{Step}/{After}");

        private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
