using ServerlessSocial.CrashTest;

// dotnet run -c Release --project tests/ServerlessSocial.CrashTest [-- KILLS [WRITERS [SEED]]]
var kills = args.Length > 0 ? int.Parse(args[0], null) : 25;
var writers = args.Length > 1 ? int.Parse(args[1], null) : 8;
var seed = args.Length > 2 ? int.Parse(args[2], null) : Random.Shared.Next();
Console.WriteLine($"{kills} kills, {writers} writers, seed {seed}");
await using var host = new LocalCrashHost();
var report = await new CrashRun(new(kills, writers, seed), host, Console.Out).RunAsync();
Console.WriteLine($"{report.Acknowledged} writes acknowledged, {report.Repeats} requests repeated, {report.Kills} kills, {report.Problems.Count} problems");
foreach (var problem in report.Problems.Take(50))
{
    Console.WriteLine($"  {problem}");
}

return report.Problems.Count == 0 ? 0 : 1;
