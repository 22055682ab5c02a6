using System.Diagnostics;
using Microsoft.Extensions.Options;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Plans;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Benchmarks;

/// <summary>
/// Charges one person for 10,000 calls at once, on four instances, each call twice as after a crash, and adds up: what is held, paid and given back must be
/// exact.
/// </summary>
internal static class CreditBenchmark
{
    private const int Calls = 10_000;
    private const int Daily = 1_000;
    private const int Instances = 4;

    /// <summary>Runs it once, and says whether it was exact.</summary>
    public static async Task RunAsync()
    {
        var data = Path.Combine(Path.GetTempPath(), "serverless-social-credits", Guid.NewGuid().ToString("N"));
        try
        {
            await using var database = new SqliteDatabase(data);
            var store = new SqliteDocumentStore(database, TimeProvider.System);
            var options = Options.Create(new PlanOptions { Free = new() { Image = Daily } });
            Credits[] instances = [.. Enumerable.Range(0, Instances).Select(_ => new Credits(store, new CreditTurns(), options, TimeProvider.System))];
            var (owner, now) = (Ids.New(DateTimeOffset.UtcNow), DateTimeOffset.UtcNow);
            string[] calls = [.. Enumerable.Range(0, Calls).Select(_ => Ids.New(now))];

            var begun = Stopwatch.GetTimestamp();
            var held = await Task.WhenAll(Enumerable.Range(0, 2 * Calls).Select(async i =>
                (Call: calls[i / 2], IsHeld: (await instances[i % Instances].ReserveAsync(owner, calls[i / 2], CallKind.Image, default)).Value is not null)));
            var reserved = Stopwatch.GetElapsedTime(begun);
            string[] passed = [.. held.Where(one => one.IsHeld).Select(one => one.Call).Distinct()];
            await Task.WhenAll(Enumerable.Range(0, 2 * passed.Length).Select(async i =>
                await (i / 2 % 3 == 0 ? instances[i % Instances].ReleaseAsync(owner, passed[i / 2], default) : instances[i % Instances].SettleAsync(owner, passed[i / 2], default))));

            var paid = passed.Length - ((passed.Length + 2) / 3);
            var balance = (await instances[0].BalanceAsync(owner, default)).Balances[0];
            Console.WriteLine($"{Calls:N0} calls at once, each twice, of {Daily:N0} credits: {passed.Length:N0} passed, {balance.Settled:N0} paid, {balance.Left:N0} left, "
                + $"{(passed.Length == Daily && balance.Settled == paid && balance is { Reserved: 0 } && balance.Left == Daily - paid ? "exact" : "WRONG")}");
            Console.WriteLine($"a reservation takes {reserved.TotalMilliseconds / (2 * Calls):F2} ms, {Stopwatch.GetElapsedTime(begun).TotalSeconds:F1} s in all");
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
