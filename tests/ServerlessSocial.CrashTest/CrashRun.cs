using System.Collections.Concurrent;
using System.Diagnostics;

namespace ServerlessSocial.CrashTest;

/// <summary>How hard to try.</summary>
/// <param name="Kills">How often the host is killed.</param>
/// <param name="Writers">People who write at the same time.</param>
/// <param name="Seed">Decides who does what and when the host is killed.</param>
public sealed record CrashOptions(int Kills, int Writers, int Seed);

/// <summary>What was found.</summary>
/// <param name="Acknowledged">Writes that were acknowledged.</param>
/// <param name="Repeats">Requests that had to be repeated.</param>
/// <param name="Kills">How often the host was killed.</param>
/// <param name="Problems">What is not as it was acknowledged; empty when nothing was lost.</param>
public sealed record CrashReport(int Acknowledged, int Repeats, int Kills, IReadOnlyList<string> Problems);

/// <summary>
/// Runs a host under concurrent writers, kills it with SIGKILL at random moments, starts it again each time, and finally checks that
/// everything that was acknowledged holds.
/// </summary>
public sealed class CrashRun(CrashOptions options, IKillableHost host, TextWriter log)
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan WriteLimit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly List<Writer> writers = [];
    private readonly Leavers leavers = new(host, options.Seed);
    private readonly ConcurrentBag<string> posts = [];
    private Desk? desk;

    /// <summary>Runs it.</summary>
    public async Task<CrashReport> RunAsync()
    {
        try
        {
            await host.StartAsync();
            await GatherAsync();
            using var stop = new CancellationTokenSource();
            var writing = Task.WhenAll(
                [.. writers.Select(writer => writer.WriteUntilAsync(posts, stop.Token)), desk!.WorkUntilAsync(stop.Token), leavers.ComeAndGoUntilAsync(writers, posts, stop.Token)]);
            await KillAgainAndAgainAsync(writing);
            await stop.CancelAsync();
            await writing;
            await DrainAsync();
            var problems = await new Verification(writers, desk).FindProblemsAsync();
            await leavers.CheckAsync(writers[0].Account, problems);
            await log.WriteLineAsync($"{leavers.Gone.Count} accounts were deleted, {writers.Count(writer => writer.Export is not null)} archives made");
            return new(writers.Sum(writer => writer.Acknowledged) + leavers.Gone.Count, writers.Sum(writer => writer.Account.Repeats), options.Kills, problems);
        }
        finally
        {
            writers.ForEach(writer => writer.Account.Dispose());
            desk?.Moderator.Dispose();
            desk?.Culprit.Dispose();
        }
    }

    /// <summary>
    /// Everyone signs up, reads their feed once (so that posts are delivered to them) and follows the two after them for good:
    /// what must be in their feeds is known exactly.
    /// </summary>
    private async Task GatherAsync()
    {
        for (var i = 0; i < options.Writers; i++)
        {
            writers.Add(new Writer(await Account.SignUpAsync(host, $"crash_{i}"), new Random(options.Seed + i)));
        }

        desk = new Desk(await Account.SignUpAsync(host, "crash_desk", "moderator"), await Account.SignUpAsync(host, "crash_culprit"));

        for (var i = 0; i < writers.Count; i++)
        {
            await writers[i].SettleInAsync([writers[(i + 1) % writers.Count], writers[(i + 2) % writers.Count]], writers);
        }

        await DrainAsync();
    }

    private async Task KillAgainAndAgainAsync(Task writing)
    {
        var random = new Random(options.Seed);
        for (var kill = 1; kill <= options.Kills; kill++)
        {
            await WriteOnAsync(random.Next(1, 4 * options.Writers), writing);
            await Task.Delay(random.Next(2000));
            await host.KillAsync(random);
            await host.StartAsync();
            await log.WriteLineAsync($"kill {kill}/{options.Kills}: {writers.Sum(writer => writer.Acknowledged)} writes acknowledged so far");
        }

        await Task.Delay(500);
    }

    /// <summary>Waits until so many writes more are acknowledged: however slow a host starts, it is killed amid work.</summary>
    private async Task WriteOnAsync(int writes, Task writing)
    {
        var watch = Stopwatch.StartNew();
        var goal = writers.Sum(writer => writer.Acknowledged) + writes;
        while (writers.Sum(writer => writer.Acknowledged) < goal)
        {
            if (writing.IsFaulted)
            {
                await writing;
            }

            if (watch.Elapsed > WriteLimit)
            {
                throw new InvalidOperationException($"Nothing is acknowledged any more: {writers.Sum(writer => writer.Acknowledged)} of {goal} writes.");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Waits until everything has been carried out: also what the sweep of waiting work has to send again, after two minutes.</summary>
    private async Task DrainAsync()
    {
        var watch = Stopwatch.StartNew();
        var said = TimeSpan.Zero;
        while (true)
        {
            var left = await host.ToDoAsync();
            if (left.Count == 0)
            {
                await log.WriteLineAsync($"drained after {watch.Elapsed.TotalSeconds:F1} s");
                return;
            }

            if (watch.Elapsed > said + Patience)
            {
                said = watch.Elapsed;
                await log.WriteLineAsync($"after {said.TotalSeconds:F0} s still to do: {string.Join(", ", left)}");
            }

            if (watch.Elapsed > DrainLimit)
            {
                throw new InvalidOperationException($"Queues are not drained: {string.Join(", ", left)}");
            }

            await Task.Delay(50);
        }
    }
}
