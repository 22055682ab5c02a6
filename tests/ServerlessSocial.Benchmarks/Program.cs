using System.Globalization;
using ServerlessSocial.Benchmarks;
using ServerlessSocial.Benchmarks.Flood;
using ServerlessSocial.Benchmarks.Languages;
using ServerlessSocial.Profiles.Names;

// dotnet run -c Release --project tests/ServerlessSocial.Benchmarks
//   [-- small | large | store | credits | likes | thread | search | text | uploads | flood [--Limits:LateRefusals=0] | scale [--write] | language [train] | confusables FILE | letters FILE | cost [--write] [--Mix:Likes=10] [--Prices:Image=0.07] [--Charges:Write=6]]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["cost", .. var settings]:
        CostTable.Run(Limits(), settings);
        return;
    case ["scale", .. var options]:
        ScaleTable.Run(Limits(), options);
        return;
    case ["uploads"]:
        await UploadBenchmark.RunAsync();
        return;
    case ["likes"]:
        await PopularPostBenchmark.RunAsync();
        return;
    case ["thread"]:
        await ThreadBenchmark.RunAsync();
        return;
    case ["search"]:
        await SearchBenchmark.RunAsync();
        return;
    case ["text"]:
        TextBenchmark.Run();
        return;
    case ["flood", .. var settings]:
        await FairnessBenchmark.RunAsync();
        await FloodBenchmark.RunAsync(settings);
        return;
    case ["credits"]:
        await CreditBenchmark.RunAsync();
        return;
    case ["store"]:
        await new StoreBenchmark().RunAsync();
        return;
    case ["confusables", var file]:
        File.WriteAllLines(Path.Combine(Repository(new(AppContext.BaseDirectory)), "functions", "Profiles", "Names", "confusables.txt"), Confusables.Compact(File.ReadAllLines(file)));
        return;
    case ["letters", var names]:
        File.WriteAllLines(Path.Combine(Repository(new(AppContext.BaseDirectory)), "functions", "Profiles", "Names", "lookalikes.txt"), Lookalikes.Compact(File.ReadAllLines(names)));
        return;
    case ["language", .. var what]:
        LanguageCommand.Run(Repository(new(AppContext.BaseDirectory)), train: what is ["train"]);
        return;
    default:
        await CompareSizesAsync(args switch { ["small"] => [new(100, 1000)], ["large"] => [new(1000, 1000)], _ => [new(1000, 1000), new(100, 1000)] });
        return;
}

static async Task CompareSizesAsync(PopulationSize[] sizes)
{
    var figures = new List<NetworkFigures>();
    foreach (var size in sizes)
    {
        Console.WriteLine($"== {size.Profiles} profiles, {size.Profiles * size.EntriesPerFeed:N0} feed entries");
        figures.Add(await new NetworkBenchmark(size).RunAsync());
    }

    Row("feed entries", figure => $"{figure.FeedEntries:N0}");
    Row("feed page: requests/s (goal 3,000)", figure => $"{figure.FeedPerSecond:N0}");
    Row("feed page: p50 / p99 ms (goal p99 10)", figure => $"{figure.FeedP50:F2} / {figure.FeedP99:F2}");
    Row("post acknowledged beside 3,000 pages/s: p50 / p99 ms (15)", figure => $"{figure.PostAckP50:F2} / {figure.PostAckP99:F2}");
    Row("visible to a follower: p50 / p99 ms (goal p99 300)", figure => $"{figure.VisibleP50:F0} / {figure.VisibleP99:F0}");
    Row("fan-out to 10,000: entries/s (goal 50,000)", figure => $"{figure.FanOutPerSecond:N0}");
    Row("start to first answer s (goal 1.5)", figure => $"{figure.StartSeconds:F2}");
    Row("resident MB after load (goal 400)", figure => $"{figure.ResidentMegabytes:F0}");
    if (figures.Count == 2)
    {
        Console.WriteLine($"feed page p99, large : small = {figures[0].FeedP99 / figures[1].FeedP99:F2} (goal 1.3), p50 {figures[0].FeedP50 / figures[1].FeedP50:F2}, requests/s {figures[1].FeedPerSecond / figures[0].FeedPerSecond:F2}");
    }

    void Row(string name, Func<NetworkFigures, string> value) =>
        Console.WriteLine($"{name,-58}{string.Concat(figures.Select(figure => $"{value(figure),18}"))}");
}

static string Limits() => Path.Combine(Repository(new(AppContext.BaseDirectory)), "infra", "README.md");

static string Repository(DirectoryInfo folder) =>
    File.Exists(Path.Combine(folder.FullName, "ServerlessSocial.sln"))
        ? folder.FullName
        : Repository(folder.Parent ?? throw new InvalidOperationException("The benchmarks do not run below the repository."));
