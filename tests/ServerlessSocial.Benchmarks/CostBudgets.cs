using System.Globalization;

namespace ServerlessSocial.Benchmarks;

/// <summary>The table in <c>infra/README.md</c> of what each operation may ask of store and queues: its only place, read by the budget test and the cost model alike.</summary>
public static class CostBudgets
{
    /// <summary>The table's heading, which is also how it is found.</summary>
    public const string Heading = "| operation | point reads | queries | listed | read-manys | loaded | creates | replaces | deletes | misses | tallies | changes | messages |";

    /// <summary>Budgets by operation, as the document states them.</summary>
    /// <exception cref="FormatException">There is no such table, a row lacks a number, or an operation stands there twice.</exception>
    public static IReadOnlyDictionary<string, OperationCounts> Parse(string readme)
    {
        var lines = readme.ReplaceLineEndings("\n").Split('\n').ToList();
        var start = lines.IndexOf(Heading);
        if (start < 0)
        {
            throw new FormatException($"infra/README.md has no table with the heading {Heading}");
        }

        var budgets = new Dictionary<string, OperationCounts>(StringComparer.Ordinal);
        foreach (var line in lines.Skip(start + 2).TakeWhile(line => line.StartsWith('|')))
        {
            var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
            var counts = cells.Skip(1).Select(cell => int.Parse(cell, NumberStyles.None, CultureInfo.InvariantCulture)).ToList();
            if (!budgets.TryAdd(cells[0].Trim('`'), OperationCounts.Of(counts)))
            {
                throw new FormatException($"infra/README.md budgets {cells[0]} twice.");
            }
        }

        return budgets;
    }
}
