using System.Globalization;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Moderation;

/// <summary>In which order cases wait: first those with a person in danger, of them by how great the danger seems, then by severity, then by age. Pure.</summary>
public static class Urgency
{
    /// <summary>Steps of severity; 0 is the worst.</summary>
    public const int Mildest = 9;

    /// <summary>Score from which on somebody may be in danger.</summary>
    private const double Likely = 0.5;

    /// <summary>Where a case stands in a list: lists are read in the order of these keys.</summary>
    public static string KeyOf(CaseFileDocument file, CaseKind kind) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsSomebodyInDanger(file) ? $"0{DangerOf(file)}" : "1")}{SeverityOf(file)}{Ids.Lowest(CaseRules.SinceOf(file, kind))}:{file.Id}");

    /// <summary>Id of the case that a key is about.</summary>
    public static string CaseIdOf(string key) => key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>Somebody may come to harm while it waits.</summary>
    public static bool IsSomebodyInDanger(CaseFileDocument file) =>
        file.Clauses.Any(clause => clause is Clause.SelfHarm or Clause.Minors or Clause.Violence)
        || DangerScoreOf(file) >= Likely;

    /// <summary>
    /// How much somebody seems to be in danger, 0 (most) to <see cref="Mildest"/>: by what the classifier finds of that alone, so that an insult which speaks of
    /// death does not come before whoever means it. That people say so counts as what is just likely.
    /// </summary>
    private static int DangerOf(CaseFileDocument file) => Mildest - Math.Clamp((int)Math.Floor(Math.Max(Likely, DangerScoreOf(file)) * Mildest), 0, Mildest);

    private static double DangerScoreOf(CaseFileDocument file) => (file.Scores ?? [])
        .Where(score => score.Category is HarmCategory.SelfHarm or HarmCategory.Violence or HarmCategory.SexualMinors && !double.IsNaN(score.Score))
        .Select(score => score.Score)
        .DefaultIfEmpty()
        .Max();

    /// <summary>How bad it is, 0 to <see cref="Mildest"/>: by the classifier's highest score, and by how many people reported it (twice as many, a step).</summary>
    public static int SeverityOf(CaseFileDocument file)
    {
        var highest = (file.Scores ?? []).Where(score => !double.IsNaN(score.Score)).Select(score => score.Score).DefaultIfEmpty().Max();
        var byScore = (int)Math.Floor(highest * Mildest);
        var byReports = (int)Math.Floor(Math.Log2(Math.Max(1, file.Reports - file.ReportsAnswered)));
        return Mildest - Math.Clamp(Math.Max(byScore, byReports), 0, Mildest);
    }
}
