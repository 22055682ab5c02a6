using System.Runtime.CompilerServices;
using ServerlessSocial.Posts.Text;
using YamlDotNet.RepresentationModel;

namespace ServerlessSocial.Tests.Posts.Text;

/// <summary>
/// The hashtags, mentions and URLs of twitter-text's conformance suite (Conformance/README.md). What is found is compared as it stands in the text, so that the
/// ranges of entities are held to it, too.
/// </summary>
public sealed class TwitterTextTests
{
    private const string Bare =
        "Addresses without a scheme are no links: README.md and \"Ende.Es\" would be, unless a register of top-level domains is asked, and with it, too. The register "
        + "changes by the week, and old posts would with it. Links with a scheme in the same text are found.";

    private const string OfTheShortener = "t.co, Twitter's shortener, has rules of its own there. Here it is a host like any other.";

    /// <summary>Sections that are no hashtags, mentions or URLs, and why nothing here answers to them.</summary>
    private static readonly Dictionary<string, string> OtherSections = new(StringComparer.Ordinal)
    {
        ["mentions_or_lists_with_indices"] = "There are no lists; mentions alone are in the other sections.",
        ["replies"] = "A reply says so in replyTo, not by how its text begins.",
        ["cashtags"] = "There are no cashtags.",
        ["cashtags_with_indices"] = "There are no cashtags.",
    };

    /// <summary>Cases that deliberately do not apply, by section and description, and why.</summary>
    private static readonly Dictionary<string, string> NotApplicable = new(StringComparer.Ordinal)
    {
        ["urls: Extract URLs without protocol on (com|org|edu|gov|net) domains"] = Bare,
        ["urls: Extract URLs without protocol not on (com|org|edu|gov|net) domains"] = Bare,
        ["urls: Extract URLs without protocol on ccTLD with slash"] = Bare,
        ["urls: Extract URLs beginning with a space"] = Bare,
        ["urls: Extract URLs beginning with a non-breaking space (U+00A0)"] = Bare,
        ["urls: Extract long URL without protocol surrounded by CJK characters"] = Bare,
        ["urls: Extract short URL without protocol surrounded by CJK characters"] = Bare,
        ["urls: Extract URLs with and without protocol surrounded by CJK characters"] = Bare,
        ["urls: Extract short URLs without protocol on ccTLD domains without path"] = Bare,
        ["urls: Extract URLs with a - in the middle"] = Bare,
        ["urls: Extract some (tv|co) short URLs without protocol on ccTLD domains without path"] = Bare,
        ["urls: Extract valid URL ELPAÍS.com"] = Bare,
        ["urls: Extract domain followed by Japanese characters"] = Bare,
        ["urls: Extract URL before newline"] = Bare,
        ["urls_with_indices: Extract URLs without protocol on ccTLD with slash"] = Bare,
        ["urls_with_indices: Extract URLs without protocol surrounded by CJK characters"] = Bare,
        ["urls_with_indices: Extract URLs with and without protocol surrounded by CJK characters"] = Bare,
        ["urls_with_directional_markers: Extract URLs from RTL text"] = Bare,
        ["urls_with_directional_markers: Extract URLs from RTL text with embedded directional marks"] = Bare,
        ["urls: Extract a t.co URL with a trailing apostrophe"] = OfTheShortener,
        ["urls: Extract a t.co URL with a trailing hyphen"] = OfTheShortener,
        ["urls: DO NOT extract URLs with > 40 characters in a t.co slug"] = OfTheShortener,
        ["urls_with_indices: Extract t.co URLs skipping trailing characters and adjusting indices correctly"] = OfTheShortener,
    };

    public static TheoryData<string, string, string, string[]> Cases
    {
        get
        {
            var data = new TheoryData<string, string, string, string[]>();
            foreach (var (section, name, text, expected) in All().Where(entry => !NotApplicable.ContainsKey($"{entry.Section}: {entry.Name}")))
            {
                data.Add(section, name, text, expected);
            }

            return data;
        }
    }

    public static TheoryData<string> Exceptions => [.. NotApplicable.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Find_conforms(string section, string name, string text, string[] expected) => Assert.True(
        expected.SequenceEqual(Found(section, text), StringComparer.Ordinal),
        $"{section}: {name}: {text} gives {string.Join(" | ", Found(section, text))}, not {string.Join(" | ", expected)}");

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void What_is_said_not_to_apply_is_in_the_suite_and_does_differ(string exception)
    {
        var (section, _, text, expected) = Assert.Single(All(), entry => $"{entry.Section}: {entry.Name}" == exception);

        var found = Found(section, text);
        Assert.NotEqual(expected, found);
        if (NotApplicable[exception] == Bare)
        {
            Assert.Equal(expected.Where(link => link.Contains("://", StringComparison.Ordinal)), found);
        }
    }

    /// <summary>What is found, as it is written, without the signs; where the suite gives indices, <c>start-end</c> in front.</summary>
    private static string[] Found(string section, string text)
    {
        var kind = section.Contains("url", StringComparison.Ordinal) ? TextEntityKind.Link : section.Contains("hashtag", StringComparison.Ordinal) ? TextEntityKind.Tag : TextEntityKind.Mention;
        return [.. TextEntities.Find(text).Entities.Where(entity => entity.Kind == kind).Select(entity =>
        {
            var written = text.Substring(entity.Start, entity.Length)[(kind == TextEntityKind.Link ? 0 : 1)..];
            return IsIndexed(section) ? $"{entity.Start}-{entity.Start + entity.Length} {written}" : written;
        })];
    }

    private static bool IsIndexed(string section) => section is "mentions_with_indices" or "urls_with_indices" or "urls_with_directional_markers" or "hashtags_with_indices";

    private static IEnumerable<(string Section, string Name, string Text, string[] Expected)> All([CallerFilePath] string here = "")
    {
        var yaml = new YamlStream();
        using (var reader = new StreamReader(Path.Combine(Path.GetDirectoryName(here)!, "Conformance", "extract.yml")))
        {
            yaml.Load(reader);
        }

        var sections = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children["tests"];
        foreach (var (section, cases) in sections.Children.Select(child => (child.Key.ToString(), (YamlSequenceNode)child.Value)).Where(entry => !OtherSections.ContainsKey(entry.Item1)))
        {
            foreach (var item in cases.Cast<YamlMappingNode>())
            {
                var text = ((YamlScalarNode)item["text"]).Value!;
                yield return (section, ((YamlScalarNode)item["description"]).Value!, text, [.. ((YamlSequenceNode)item["expected"]).Select(Expected)]);
            }
        }
    }

    private static string Expected(YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } value })
        {
            return value;
        }

        var entity = (YamlMappingNode)node;
        var written = entity.Children.First(child => child.Key.ToString() is "screen_name" or "url" or "hashtag").Value;
        return $"{entity["indices"][0]}-{entity["indices"][1]} {written}";
    }
}
