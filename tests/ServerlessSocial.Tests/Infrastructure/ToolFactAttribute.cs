namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>A test that runs programs of a POSIX system; where one is missing, it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools)
    {
        Tools = tools;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Skip = tools.FirstOrDefault(tool => !folders.Any(folder => File.Exists(Path.Combine(folder, tool)))) is { } missing
            ? $"{missing} is not installed."
            : null;
    }

    public IReadOnlyList<string> Tools { get; }
}
