using System.Text.RegularExpressions;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>A declaration of a Bicep file: <c>resource name 'type@version' = ...</c> or <c>module name 'path' = ...</c>.</summary>
/// <param name="Kind"><c>resource</c> or <c>module</c>.</param>
/// <param name="Name">Symbolic name.</param>
/// <param name="Target">Resource type without version, or path of the module's file.</param>
/// <param name="Loop">Expression that is looped over, empty without a loop.</param>
/// <param name="Body">Text between the outermost braces.</param>
internal sealed record BicepDeclaration(string Kind, string Name, string Target, string Loop, string Body)
{
    /// <summary>Value of a property, wherever in the body it stands; of an object, the text between its braces.</summary>
    public string? Property(string name)
    {
        var match = Regex.Match(Body, $@"(?:^|[\s{{,]){Regex.Escape(name)}: *", RegexOptions.Multiline);
        if (!match.Success)
        {
            return null;
        }

        var start = match.Index + match.Length;
        return Body[start] == '{' ? BicepFile.Block(Body, start) : Body[start..].Split('\n')[0].TrimEnd(' ', ',', '}');
    }
}

/// <summary>The declarations of a Bicep file. Comments are left out first, so what is commented out is not there.</summary>
internal sealed partial class BicepFile
{
    private BicepFile(string text)
    {
        Text = CommentLine().Replace(text, "");
        Declarations = [.. Declaration().Matches(Text).Select(match => new BicepDeclaration(
            match.Groups["kind"].Value,
            match.Groups["name"].Value,
            match.Groups["target"].Value.Split('@')[0],
            match.Groups["loop"].Value,
            Block(Text, match.Index + match.Length - 1)))];
        Outputs = [.. Output().Matches(Text).Select(match => match.Groups["name"].Value)];
    }

    public string Text { get; }

    public IReadOnlyList<BicepDeclaration> Declarations { get; }

    public IReadOnlyList<string> Outputs { get; }

    public static BicepFile Read(string path) => new(Repository.Read(path));

    /// <summary>What stands between a brace and its partner; braces in strings come in pairs in Bicep.</summary>
    public static string Block(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return text[(open + 1)..i];
            }
        }

        throw new FormatException("A brace has no partner.");
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex CommentLine();

    [GeneratedRegex(@"^(?<kind>resource|module) (?<name>\w+) '(?<target>[^']+)' = (?:if \([^\n]*\) )?(?:\[for \(?\w+(?:, \w+\))? in (?<loop>[^\n]+): )?\{", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^output (?<name>\w+) ", RegexOptions.Multiline)]
    private static partial Regex Output();
}
