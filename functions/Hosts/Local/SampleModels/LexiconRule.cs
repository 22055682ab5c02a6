using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>How much the words around a match can take away from it.</summary>
[Flags]
internal enum RuleTraits
{
    /// <summary>Reporting, criticism, fiction, humour and negation all count.</summary>
    None = 0,

    /// <summary>
    /// Speaks to somebody or of oneself ("I will kill you", "I want to die"): naming the police or racism in the same
    /// sentence does not make it a report, only quoting it does.
    /// </summary>
    Direct = 1,

    /// <summary>The word itself does harm: denying it ("you are no ...") takes little away.</summary>
    Slur = 2,

    /// <summary>Nothing around it counts, as with advertising.</summary>
    Plain = 4,
}

/// <summary>Words that speak for one kind of harm.</summary>
/// <param name="Id">Stable name, reported as evidence: language, kind, detail.</param>
/// <param name="Category">The harm it speaks for.</param>
/// <param name="Weight">Probability of that harm given a match and nothing else, above 0 and below 1.</param>
/// <param name="Traits">Which context counts.</param>
/// <param name="Patterns">Word patterns, one a line; see <see cref="WordPattern"/>.</param>
internal sealed record LexiconRule(string Id, HarmCategory Category, double Weight, RuleTraits Traits, string Patterns);
