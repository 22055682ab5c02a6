using System.Globalization;
using System.Text;

namespace ServerlessSocial.Benchmarks;

/// <summary>A day of a large network, as Markdown.</summary>
public static class ScaleTable
{
    /// <summary>Begins the generated part of the document.</summary>
    public const string Begin = "<!-- Generated: dotnet run -c Release --project tests/ServerlessSocial.Benchmarks -- scale --write -->";

    /// <summary>Ends it.</summary>
    public const string End = "<!-- End of the simulation. -->";

    /// <summary>Prints the figures, or writes them into the document.</summary>
    /// <param name="path"><c>infra/README.md</c>.</param>
    /// <param name="args">Perhaps <c>--write</c>.</param>
    public static void Run(string path, IReadOnlyList<string> args)
    {
        var document = File.ReadAllText(path);
        var table = Make(document);
        if (args.Contains("--write"))
        {
            File.WriteAllText(path, CostTable.Replace(document, Begin, End, table));
        }
        else
        {
            Console.WriteLine(table);
        }
    }

    /// <summary>The figures with the assumptions as they stand in the code.</summary>
    public static string Make(string document)
    {
        var charges = new RequestCharges();
        var model = new ScaleModel(new CostModel(CostBudgets.Parse(document), new(), new(), charges), charges);
        var text = new StringBuilder();
        foreach (var users in (double[])[1e7, 1e9])
        {
            var (requests, units, messages) = model.Day(users);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"**{CostTable.Users(users)} people** ask for {Large(requests)} requests a day, which take {Large(units)} RU and {Large(messages)} messages.");
            text.AppendLine();
            text.AppendLine("| busiest minute | UTC | requests/s | RU/s | messages/s | instances for HTTP | behind queues and change feeds |");
            text.AppendLine("|---|---:|---:|---:|---:|---:|---:|");
            foreach (var part in ScaleModel.Parts)
            {
                text.AppendLine(Row($"{part.Name} ({part.Share.ToString("P0", CultureInfo.InvariantCulture)})", model.Peak(users, part)));
            }

            text.AppendLine(Row("**together**", model.Peak(users)));
            text.AppendLine();
        }

        var star = model.Star(1e9);
        text.AppendLine(CultureInfo.InvariantCulture,
            $"**An author with {Large(ScaleModel.StarFollowers)} followers posts**, in the busiest minute of the network of a billion:");
        text.AppendLine();
        text.AppendLine("| what | RU/s | limit | taken |");
        text.AppendLine("|---|---:|---:|---:|");
        foreach (var load in star)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {load.Name} | {load.Load:N0} | {load.Limit:N0} | {load.Load / load.Limit:P0} |");
        }

        text.AppendLine();
        var first = star.Where(load => !load.Name.StartsWith("for comparison", StringComparison.Ordinal)).MaxBy(load => load.Load / load.Limit)!;
        text.AppendLine(CultureInfo.InvariantCulture,
            $"First to break is {first.Name}: {(first.Load > first.Limit ? "it does" : "it would")} at about {Large(ScaleModel.StarFollowers * first.Limit / first.Load)} followers. Readers are then told to come again in a moment (429); what moves it is a further region to read from.");
        return text.ToString().ReplaceLineEndings("\n").TrimEnd();
    }

    private static string Row(string name, (int Hour, ScaleLoad Load) peak) => string.Create(CultureInfo.InvariantCulture,
        $"| {name} | {peak.Hour:00}:00 | {peak.Load.Requests:N0} | {peak.Load.Units:N0} | {peak.Load.Messages:N0} | {Math.Ceiling(peak.Load.HttpInstances):N0} | {Math.Ceiling(peak.Load.BackgroundInstances):N0} |");

    private static string Large(double value) => value switch
    {
        >= 1e12 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e12:0.##} trillion"),
        >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e9:0.##} billion"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.#} million"),
    };
}
