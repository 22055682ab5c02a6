using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>What the words of a sentence say about how its other words are meant.</summary>
[Flags]
internal enum Context
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Denies what follows.</summary>
    Negation = 1,

    /// <summary>Asks for the opposite, so that a negation after it denies nothing ("why not ...", "not only ...").</summary>
    NoNegation = 2,

    /// <summary>Says that somebody said something.</summary>
    Reporting = 4,

    /// <summary>Criticises it, or speaks about words.</summary>
    Criticism = 8,

    /// <summary>News, courts, research.</summary>
    News = 16,

    /// <summary>Games, films, books.</summary>
    Fiction = 32,

    /// <summary>Help and support in a crisis.</summary>
    Help = 64,

    /// <summary>Laughter.</summary>
    Humour = 128,
}

/// <summary>How much of a match's weight its context leaves.</summary>
internal static class ContextWeighing
{
    private const int NegationReach = 3;

    private static readonly Context[] Kinds = [.. Enum.GetValues<Context>().Where(kind => kind != Context.None)];

    /// <summary>How many context words of each kind each sentence has, by its number.</summary>
    internal static Dictionary<int, int[]> BySentence(List<Word> words)
    {
        var contexts = new Dictionary<int, int[]>();
        foreach (var word in words)
        {
            if (!contexts.TryGetValue(word.Sentence, out var counts))
            {
                contexts[word.Sentence] = counts = new int[Kinds.Length];
            }

            Count(word, counts, 1);
        }

        return contexts;
    }

    /// <summary>The context of a match: the sentence without the words that matched ("... did nothing wrong" criticises nothing).</summary>
    internal static Context Around(List<Word> words, Hit hit, Dictionary<int, int[]> contexts)
    {
        var counts = (int[])contexts[words[hit.Start].Sentence].Clone();
        for (var at = hit.Start; at < hit.End; at++)
        {
            Count(words[at], counts, -1);
        }

        return Kinds.Where((_, i) => counts[i] > 0).Aggregate(Context.None, (all, kind) => all | kind);
    }

    /// <summary>
    /// The factor, above 0 and at most 1, for one match. The strongest single reason counts, they do not multiply, so
    /// that piling up excuses gains nothing.
    /// </summary>
    internal static double Factor(List<Word> words, Hit hit, LexiconRule rule, Context sentence)
    {
        if (rule.Traits.HasFlag(RuleTraits.Plain))
        {
            return 1;
        }

        var factor = 1.0;
        var talkedAbout = (sentence & (Context.Reporting | Context.Criticism | Context.News)) != Context.None;
        if (talkedAbout && words[hit.Start].Quoted && words[hit.End - 1].Quoted)
        {
            factor = 0.35;
        }

        if (!rule.Traits.HasFlag(RuleTraits.Direct) && (sentence & (Context.Criticism | Context.News)) != Context.None)
        {
            factor = Math.Min(factor, sentence.HasFlag(Context.Criticism) ? 0.35 : 0.4);
        }

        if (IsNegated(words, hit))
        {
            factor = Math.Min(factor, rule.Traits.HasFlag(RuleTraits.Slur) ? 0.6 : 0.25);
        }

        return Math.Min(factor, ByCategory(rule.Category, sentence));
    }

    private static double ByCategory(HarmCategory category, Context sentence) => category switch
    {
        HarmCategory.Violence or HarmCategory.IllegalGoods when sentence.HasFlag(Context.Fiction) => 0.5,
        HarmCategory.Violence or HarmCategory.Harassment when sentence.HasFlag(Context.Humour) => 0.8,

        // Whoever asks for help is in danger and deserves the offer of it, not the wait for a reviewer.
        HarmCategory.SelfHarm when sentence.HasFlag(Context.Help) => 0.65,
        _ => 1,
    };

    private static bool IsNegated(List<Word> words, Hit hit)
    {
        foreach (var at in hit.InGap)
        {
            if (Negates(words, at))
            {
                return true;
            }
        }

        for (var at = hit.Start - 1; at >= 0 && at >= hit.Start - NegationReach && words[at].Clause == words[hit.Start].Clause; at--)
        {
            if (Negates(words, at))
            {
                return true;
            }
        }

        // German puts "nicht" last: "ich hasse dich nicht".
        return hit.End < words.Count && words[hit.End].Text == "nicht" && words[hit.End].Clause == words[hit.End - 1].Clause
            && Negates(words, hit.End);
    }

    private static bool Negates(List<Word> words, int at) =>
        Of(words[at]).HasFlag(Context.Negation)
        && !(at > 0 && Of(words[at - 1]).HasFlag(Context.NoNegation))
        && !(at + 1 < words.Count && words[at + 1].Text is "only" or "just" or "nur" or "mehr");

    private static void Count(Word word, int[] counts, int by)
    {
        var context = Of(word);
        for (var i = 0; context != Context.None && i < Kinds.Length; i++)
        {
            counts[i] += context.HasFlag(Kinds[i]) ? by : 0;
        }
    }

    private static Context Of(Word word) => Lexicon.ContextWords.GetValueOrDefault(word.Text);
}
