using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Moderation;

/// <summary>
/// From which score on a category limits, holds or removes a post. Each is from 0 to 1, or null for never. In
/// configuration an empty string is null, as in <c>Moderation:Thresholds:Hate:Remove=</c>.
/// </summary>
public sealed record Thresholds
{
    /// <summary>From here on the post is shown behind a warning and not recommended.</summary>
    public double? Limit { get; set; }

    /// <summary>From here on only its author sees the post until a person has reviewed it.</summary>
    public double? Hold { get; set; }

    /// <summary>From here on the post is taken down at once; the author may appeal.</summary>
    public double? Remove { get; set; }
}

/// <summary>The moderation policy's settings, bound from the configuration section <see cref="Section"/>.</summary>
public sealed class ModerationOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Moderation";

    /// <summary>
    /// Thresholds by category. A category without an entry is never acted upon. The defaults err towards a person:
    /// only hate, violence, illegal goods and harassment are removed by a machine, and at near certainty; self-harm
    /// never is, because taking a cry for help away helps nobody; sexual content and spam are limited first.
    /// </summary>
    public Dictionary<HarmCategory, Thresholds> Thresholds { get; } = new()
    {
        [HarmCategory.Harassment] = new() { Limit = 0.5, Hold = 0.75, Remove = 0.97 },
        [HarmCategory.Hate] = new() { Limit = 0.4, Hold = 0.6, Remove = 0.9 },
        [HarmCategory.Violence] = new() { Limit = 0.4, Hold = 0.6, Remove = 0.9 },
        [HarmCategory.Sexual] = new() { Limit = 0.5, Hold = 0.8, Remove = null },
        [HarmCategory.SelfHarm] = new() { Limit = 0.4, Hold = 0.7, Remove = null },
        [HarmCategory.Spam] = new() { Limit = 0.5, Hold = 0.9, Remove = null },
        [HarmCategory.IllegalGoods] = new() { Limit = 0.4, Hold = 0.6, Remove = 0.97 },
        [HarmCategory.SexualMinors] = new() { Limit = null, Hold = 0.3, Remove = 0.95 },
    };

    /// <summary>
    /// Thresholds of what counts in pictures alone, and in descriptions of pictures to be made: one may write of nudity, wars and symbols. Beside them
    /// <see cref="Thresholds"/> hold there, too.
    /// </summary>
    public Dictionary<HarmCategory, Thresholds> Pictures { get; } = new()
    {
        [HarmCategory.Nudity] = new() { Limit = 0.5, Hold = 0.8, Remove = null },
        [HarmCategory.Gore] = new() { Limit = 0.4, Hold = 0.7, Remove = null },
        [HarmCategory.ExtremistSymbols] = new() { Limit = null, Hold = 0.5, Remove = 0.97 },
    };

    /// <summary>
    /// Days during which an account counts as new, 0 to 365: its pictures that neither a model nor a person looked at are shown to its followers and to who
    /// looks them up, and not spread.
    /// </summary>
    public int NewAccountDays { get; set; } = 3;

    /// <summary>Thresholds for pictures and for descriptions of pictures.</summary>
    public IReadOnlyDictionary<HarmCategory, Thresholds> PictureThresholds() => Thresholds.Concat(Pictures.Where(entry => !Thresholds.ContainsKey(entry.Key))).ToDictionary();

    /// <summary>
    /// Logical partitions over which the moderators' lists are divided, 1 to 64. It may be raised at any time, and lowered
    /// when nothing waits.
    /// </summary>
    public int ReviewShards { get; set; } = 1;

    /// <summary>Chains over which the audit trail is divided by moderator, 1 to 64. It may be raised at any time: new chains begin at their first entry.</summary>
    public int AuditShards { get; set; } = 1;

    /// <summary>
    /// What is wrong with these settings, one sentence per problem that names the configuration key; empty when nothing is.
    /// </summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        if (ReviewShards is < 1 or > 64)
        {
            problems.Add($"{Section}:ReviewShards must be from 1 to 64.");
        }

        if (AuditShards is < 1 or > 64)
        {
            problems.Add($"{Section}:AuditShards must be from 1 to 64.");
        }

        if (NewAccountDays is < 0 or > 365)
        {
            problems.Add($"{Section}:NewAccountDays must be from 0 to 365.");
        }

        foreach (var (name, category, thresholds) in Thresholds.Select(entry => (nameof(Thresholds), entry.Key, entry.Value))
            .Concat(Pictures.Select(entry => (nameof(Pictures), entry.Key, entry.Value))).OrderBy(entry => entry.Key))
        {
            var key = $"{Section}:{name}:{category}";
            if (!Enum.IsDefined(category))
            {
                problems.Add($"{key} is not a category of harm.");
            }

            if (thresholds is null)
            {
                problems.Add($"{key} has no values.");
                continue;
            }

            (string Name, double? Value)[] steps =
                [("Limit", thresholds.Limit), ("Hold", thresholds.Hold), ("Remove", thresholds.Remove)];
            foreach (var (step, value) in steps)
            {
                if (value is { } number && !(number is >= 0 and <= 1))
                {
                    problems.Add($"{key}:{step} must be from 0 to 1, or empty for never.");
                }
            }

            // A step that never happens does not take part in the order.
            var set = steps.Where(step => step.Value is not null).ToList();
            for (var i = 1; i < set.Count; i++)
            {
                if (set[i - 1].Value > set[i].Value)
                {
                    problems.Add($"{key}:{set[i - 1].Name} must not be above {set[i].Name}.");
                }
            }
        }

        return problems;
    }
}
