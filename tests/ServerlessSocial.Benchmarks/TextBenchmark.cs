using System.Diagnostics;
using ServerlessSocial.Filters;
using ServerlessSocial.Hosts.Local.SampleModels;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Benchmarks;

/// <summary>What the worst texts take that a post may have, and the worst that come and are refused: goal 5 ms each, for every step.</summary>
public static class TextBenchmark
{
    private const int Goal = 5;
    private const int Rounds = 15;
    private const int Body = 512 * 1024;

    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["two kinds of marks, 512 KiB"] = "a" + new string('\u0301', Body / 4) + new string('\u0316', Body / 4),
        ["marks in turn, 512 KiB"] = Fill("\u0316\u0301", Body / 2),
        ["31 marks a letter, 20,000 units"] = Fill("a" + Fill("\u0316\u0301", 31), 20_000),
        ["18 marks a letter, 20,000 units"] = Fill("a" + Fill("\u0316\u0301", 18), 20_000),
        ["letters, 512 KiB"] = new string('a', Body),
        ["one cluster of emoji, 20,000 units"] = Fill("👩\u200D", 20_000),
        ["half-width sound marks, 20,000 units"] = new string('\uFF9E', 20_000),
        ["marks only, 20,000 units"] = Fill("\u0316\u0301", 20_000),
        ["ligatures that grow, 20,000 units"] = new string('\uFB2C', 20_000),
        ["changes of direction, 20,000 units"] = new string('\u202E', 20_000),
        ["broken Unicode at the end"] = new string('ä', 19_999) + '\uD800',
    };

    private static readonly Dictionary<string, string> Legal = new(StringComparer.Ordinal)
    {
        ["letters"] = new string('a', 5_000),
        ["words"] = Fill("the quick brown fox jumps over the lazy dog ", 5_000),
        ["threats"] = Fill("i will kill you ", 5_000),
        ["threats, once each"] = Fill("I will kill you. You are an idiot! Ich bring dich um? ", 5_000),
        ["words of many rules"] = Fill("you are all ", 5_000),
        ["German words of many rules"] = Fill("du bist ich ", 5_000),
        ["letters one by one"] = Fill("ä ", 5_000),
        ["disguised words"] = Fill("fückïng 1d10t ", 5_000),
        ["letters with three marks"] = Fill("a\u0316\u0323\u0301", 20_000),
        ["sixteen marks a letter"] = Fill("a" + Fill("\u0316\u0301", 15), 19_968),
        ["emoji"] = Fill("👨‍👩‍👧‍👦", 19_998),
        ["hashtags"] = Fill("#ä ", 5_000),
        ["different hashtags"] = string.Concat(Enumerable.Range(0, 1_600).Select(i => $"#{(char)(0x4E00 + i)} ")),
        ["one hashtag after another"] = Fill("#ä", 5_000),
        ["mentions"] = Fill("@abc ", 5_000),
        ["addresses"] = Fill("a.b/ ", 5_000),
        ["nearly addresses"] = Fill("a.aa.aa.aa@", 5_000),
        ["dots"] = Fill("a.", 5_000),
        ["links"] = Fill("http://a.cc/ ", 5_000),
        ["links in brackets that are never closed"] = Fill("http://a.cc/(", 5_000),
        ["links to hosts beyond ASCII"] = Fill("http://ä.cc/ä ", 5_000),
        ["links to hosts that DNS cannot name"] = Fill($"http://{new string('ä', 60)}.cc/ ", 4_970),
        ["a long path"] = "http://a.cc/" + new string('.', 4_900),
        ["schemes"] = Fill("http://", 5_000),
        ["hashtags to be folded"] = Fill("#ẞᾳİ ", 5_000),
        ["mail"] = Fill("x@y.z ", 5_000),
        ["opening quotes"] = new string('„', 5_000),
        ["apostrophes"] = Fill("' ", 5_000),
        ["asterisks"] = Fill("a*", 5_000),
        ["asterisked words"] = Fill("f**k a*bc ", 5_000),
        ["signs"] = Fill("a!b|", 5_000),
        ["single letters"] = Fill("f u c k. ", 5_000),
        ["ligatures"] = new string('ﷺ', 5_000),
        ["squared words"] = new string('㏂', 5_000),
        ["circled letters"] = Fill("ⓐ ", 5_000),
        ["mathematical letters"] = Fill("𝖆 ", 7_500),
        ["lines"] = Fill("a\n", 4_999),
        ["Greek that looks Latin"] = Fill("αιοα ", 5_000),
        ["digits"] = Fill("1 ", 5_000),
    };

    /// <summary>What twenty people write, one post a line: matched one by one.</summary>
    private static readonly Dictionary<string, string> Page = new(StringComparer.Ordinal)
    {
        ["English, 300 characters each"] = string.Join('\n', Enumerable.Repeat(Fill("the quick brown fox jumps over the lazy dog ", 300), 20)),
        ["German, 300 characters each"] = string.Join('\n', Enumerable.Repeat(Fill("Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich ", 300), 20)),
        ["Japanese, 300 characters each"] = string.Join('\n', Enumerable.Repeat(Fill("色は匂へど散りぬるを我が世誰ぞ常ならむ", 300), 20)),
    };

    private static readonly PhraseMatcher Words = new(Enumerable.Range(0, 100).Select(i => (i % 3 == 0 ? $"schlüssel{i}" : $"word {i}", true)));

    private static readonly PhraseMatcher Worst = new(Enumerable.Range(1, 100).Select(i => (new string('a', i), true)));

    /// <summary>Measures every text, and prints what takes longest at each step.</summary>
    public static void Run()
    {
        var steps = new (string Name, Dictionary<string, string> Texts, Action<string> Step)[]
        {
            ("refused: reading the request", Refused, text => Read(text, refused: true)),
            ("refused: as a hashtag", Refused, text => TextEntities.NormalizeTag(text)),
            ("legal: reading the request", Legal, text => Read(text, refused: false)),
            ("legal: hashtags, mentions, links", Legal, text => TextEntities.Find(text)),
            ("legal: language", Legal, text => LanguageGuess.Of(text)),
            ("legal: folding for the sample classifier", Legal, text => FoldedText.Split(text, Lexicon.Folder)),
            ("legal: the whole sample classifier", Legal, text => new SampleTextClassifier().ClassifyAsync(text, null, default).GetAwaiter().GetResult()),
            ("legal: what a model is sent", Legal, text => ModelTextClassifier.InputOf(text, null)),
            ("legal: looking for a hundred muted words", Legal, text => Muted(Words, text)),
            ("legal: looking for the worst muted words", Legal, text => Muted(Worst, text)),
            ("a page of 20 posts, a hundred muted words", Page, text => Muted(Words, text)),
        };
        foreach (var (name, texts, step) in steps)
        {
            var slowest = texts.Select(text => (text.Key, Milliseconds: Measure(() => step(text.Value)))).OrderByDescending(measured => measured.Milliseconds).Take(3).ToList();
            Console.WriteLine($"{name,-42} {string.Join(", ", slowest.Select(measured => $"{measured.Milliseconds:F2} ms {measured.Key}"))}{(slowest[0].Milliseconds > Goal ? "  BEYOND THE GOAL" : "")}");
        }
    }

    private static void Read(string text, bool refused)
    {
        var (_, error) = PostContent.Read(new NewPost(text), "nobody");
        if (error is not null != refused)
        {
            throw new InvalidOperationException($"'{text[..Math.Min(20, text.Length)]}…' should {(refused ? "" : "not ")}be refused: {error}");
        }
    }

    private static void Muted(PhraseMatcher matcher, string text)
    {
        foreach (var post in text.Split('\n'))
        {
            var searched = SearchText.Of(post);
            if (matcher.MayMatch(searched))
            {
                for (var i = 0; i < 100; i++)
                {
                    matcher.Matches(i, searched);
                }
            }
        }
    }

    /// <summary>The median of some rounds, after warming up.</summary>
    private static double Measure(Action step)
    {
        var times = new List<double>();
        for (var round = -3; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            step();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times.Skip(3).Order().ElementAt(Rounds / 2);
    }

    private static string Fill(string with, int length) => string.Concat(Enumerable.Repeat(with, (length / with.Length) + 1))[..length];
}
