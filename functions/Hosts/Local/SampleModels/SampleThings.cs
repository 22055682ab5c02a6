using System.Globalization;
using ServerlessSocial.Posts.Text;
using ServerlessSocial.Search;
using SkiaSharp;

namespace ServerlessSocial.Hosts.Local.SampleModels;

/// <summary>A thing that can be drawn: outlines filled one over the other, on a ground of <see cref="Ground"/> by <see cref="Ground"/>.</summary>
/// <param name="English">What it is called in English, the usual word first.</param>
/// <param name="German">And in German.</param>
/// <param name="Layers">Its outlines, the lowest first.</param>
internal sealed record SampleThing(IReadOnlyList<string> English, IReadOnlyList<string> German, IReadOnlyList<SampleLayer> Layers)
{
    /// <summary>Side of the ground.</summary>
    public const float Ground = 32;
}

/// <summary>An outline.</summary>
/// <param name="Colour">What it is filled with.</param>
/// <param name="HasHoles">Whether outlines within it cut holes.</param>
/// <param name="Path">The outline, as SVG has it.</param>
internal sealed record SampleLayer(SKColor Colour, bool HasHoles, string Path);

/// <summary>Finds the things that a prompt names, in German or English and in whatever form, among those of <c>things.tsv</c>.</summary>
internal static class SampleThings
{
    /// <summary>Things of one picture.</summary>
    public const int Most = 3;

    private static readonly Lazy<IReadOnlyList<SampleThing>> Things = new(() => [.. Lines().Select(Read)]);

    private static readonly Lazy<Dictionary<string, SampleThing>> ByStem = new(() =>
    {
        var stems = new Dictionary<string, SampleThing>(StringComparer.Ordinal);
        foreach (var thing in Things.Value)
        {
            foreach (var stem in thing.English.Select(word => StemOf(word, "en")).Concat(thing.German.Select(word => StemOf(word, "de"))))
            {
                stems.TryAdd(stem, thing);
            }
        }

        return stems;
    });

    /// <summary>All things.</summary>
    public static IReadOnlyList<SampleThing> All => Things.Value;

    /// <summary>The things that a prompt names, in its order, each once; at most <see cref="Most"/>.</summary>
    public static IReadOnlyList<SampleThing> In(string prompt) =>
    [
        .. Words.RunsOf(prompt).Select(run => run.In(prompt))
            .Select(word => ByStem.Value.GetValueOrDefault(StemOf(word, "en")) ?? ByStem.Value.GetValueOrDefault(StemOf(word, "de")))
            .OfType<SampleThing>().Distinct().Take(Most),
    ];

    private static string StemOf(string word, string language) => Stems.Of(SearchText.Of(word).Marked, language);

    private static SampleThing Read(string line)
    {
        var fields = line.Split('\t');
        return new(fields[0].Split(' '), fields[1].Split(' '), [.. fields[2..].Select(LayerOf)]);
    }

    private static SampleLayer LayerOf(string field)
    {
        var at = field.IndexOf(' ', StringComparison.Ordinal);
        var colour = 0xFF000000 | uint.Parse(field.AsSpan(0, 6), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new(new SKColor(colour), field[6] == '!', field[(at + 1)..]);
    }

    private static IEnumerable<string> Lines()
    {
        using var stream = typeof(SampleThings).Assembly.GetManifestResourceStream("ServerlessSocial.Hosts.Local.SampleModels.things.tsv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')];
    }
}
