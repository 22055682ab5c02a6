using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ServerlessSocial.Profiles.Names;

/// <summary>
/// The table of characters that look like others: Unicode's <c>confusables.txt</c> (UTS #39, Unicode Security Mechanisms), grouped by what they look like. After a
/// new version of it, <c>dotnet run --project tests/ServerlessSocial.Benchmarks -- confusables FILE</c> writes the resource anew.
/// </summary>
public static class Confusables
{
    private const string Resource = "ServerlessSocial.Profiles.Names.confusables.txt";

    private static readonly Lazy<FrozenDictionary<int, string>> Prototypes = new(Load);

    /// <summary>What a character looks like; null if it looks like itself.</summary>
    public static string? PrototypeOf(Rune character) => Prototypes.Value.GetValueOrDefault(character.Value);

    /// <summary>Writes Unicode's file as the resource is: a line for each prototype, <c>prototype=character character</c>, in hexadecimal code points.</summary>
    /// <param name="unicode">The lines of <c>confusables.txt</c>.</param>
    public static IEnumerable<string> Compact(IReadOnlyList<string> unicode) =>
    [
        .. unicode.TakeWhile(line => line.StartsWith('#') || line.Length == 0 || line.StartsWith('\uFEFF')).Select(line => line.TrimStart('\uFEFF')).Where(line => line.Length > 1),
        .. unicode
            .Select(line => line.Split(';', StringSplitOptions.TrimEntries))
            .Where(fields => fields.Length > 2 && !fields[0].StartsWith('#'))
            .GroupBy(fields => fields[1], fields => fields[0], StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key}={string.Join(' ', group.Order(StringComparer.Ordinal))}"),
    ];

    private static FrozenDictionary<int, string> Load()
    {
        using var stream = typeof(Confusables).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var prototypes = new Dictionary<int, string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign && line[0] != '#')
            {
                var prototype = string.Concat(CodePoints(line[..sign]).Select(char.ConvertFromUtf32));
                foreach (var character in CodePoints(line[(sign + 1)..]))
                {
                    prototypes.Add(character, prototype);
                }
            }
        }

        return prototypes.ToFrozenDictionary();
    }

    private static IEnumerable<int> CodePoints(string hexadecimal) =>
        hexadecimal.Split(' ').Select(code => int.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
}
