namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>Files of the repository the tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = Find(new(AppContext.BaseDirectory));

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Read(string path) =>
        File.Exists(PathOf(path)) ? File.ReadAllText(PathOf(path)).ReplaceLineEndings("\n") : "";

    public static IReadOnlyList<string> Files(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("The tests do not run below the repository."),
        _ when File.Exists(Path.Combine(folder.FullName, "ServerlessSocial.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
