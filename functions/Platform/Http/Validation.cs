namespace ServerlessSocial.Platform.Http;

/// <summary>Collects what is wrong with a request, so that the answer names every field at once.</summary>
public sealed class Validation
{
    private readonly SortedDictionary<string, string[]> problems = new(StringComparer.Ordinal);

    /// <summary>The collected problems as the error to answer with, or null if there are none.</summary>
    public Error? Error => problems.Count == 0 ? null : new InvalidFields(problems);

    /// <summary>Notes a problem of a field unless a condition holds.</summary>
    public Validation Require(bool holds, string field, string problem)
    {
        if (!holds)
        {
            problems[field] = problems.TryGetValue(field, out var before) ? [.. before, problem] : [problem];
        }

        return this;
    }

    /// <summary>Notes a problem of a field when there is one.</summary>
    public Validation Note(string field, string? problem) => Require(problem is null, field, problem ?? string.Empty);
}
