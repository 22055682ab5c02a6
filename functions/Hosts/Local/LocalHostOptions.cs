using System.Globalization;

namespace ServerlessSocial.Hosts.Local;

/// <summary>What the command line of the local host says.</summary>
/// <param name="Port">TCP port on the loopback interface; 0 takes a free one.</param>
/// <param name="DataDirectory">Where everything is kept.</param>
/// <param name="Command">What to do: serve, or people a fresh network first.</param>
public sealed record LocalHostOptions(int Port, string DataDirectory, LocalCommand Command)
{
    /// <summary>Port unless told otherwise, the one Functions tools use.</summary>
    public const int DefaultPort = 7071;

    /// <summary>How to call it.</summary>
    public const string Usage = """
        Usage: dotnet run --project functions [-- [demo] [--port N] [--data DIR] [--documents sqlite|cosmos] [--exit]]

          (nothing)    serve http://localhost:7071/api
          demo         people a fresh data directory with a small network, or go on with one, and serve it (--exit: then stop)
          --port N     another port, 0 for a free one
          --data DIR   another data directory than .data
          --documents cosmos   documents in Cosmos DB (--Cosmos:AccountEndpoint, --Cosmos:AccountKey); queues and media stay in the data directory
          --Section:Key=value   any setting, see the README
        """;

    /// <summary>Where documents are kept.</summary>
    public LocalDocuments Documents { get; init; }

    /// <summary>Stop when the command is done instead of serving.</summary>
    public bool Exit { get; init; }

    /// <summary>Arguments that are settings, for the configuration.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">An argument is not understood; the message says which.</exception>
    public static LocalHostOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new LocalHostOptions(DefaultPort, Path.GetFullPath(".data"), LocalCommand.Serve);
        var settings = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, inline) = Split(arguments[i]);
            string Value() => inline ?? (i + 1 < arguments.Count ? arguments[++i] : throw new FormatException($"{name} needs a value."));
            options = name switch
            {
                "demo" => options with { Command = LocalCommand.Demo },
                "--port" => options with { Port = int.TryParse(Value(), CultureInfo.InvariantCulture, out var port) && port is >= 0 and <= 65535 ? port : throw new FormatException("--port needs a number from 0 to 65535.") },
                "--data" => options with { DataDirectory = Path.GetFullPath(Value()) },
                "--documents" => options with { Documents = DocumentsOf(Value()) },
                "--exit" => options with { Exit = true },
                "--help" or "-h" => options with { Command = LocalCommand.Help },
                _ when name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal) => Setting(options, $"{name}={Value()}"),
                _ => throw new FormatException($"There is no option {arguments[i]}."),
            };
        }

        KnownSettings.Check(settings);
        return options with { Settings = settings };

        LocalHostOptions Setting(LocalHostOptions unchanged, string setting)
        {
            settings.Add(setting);
            return unchanged;
        }
    }

    private static LocalDocuments DocumentsOf(string value) => value switch
    {
        "sqlite" => LocalDocuments.Sqlite,
        "cosmos" => LocalDocuments.Cosmos,
        _ => throw new FormatException("--documents needs sqlite or cosmos."),
    };

    private static (string Name, string? Value) Split(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? (argument[..at], argument[(at + 1)..])
            : (argument, null);
}

/// <summary>What the local host can do.</summary>
public enum LocalCommand
{
    /// <summary>Serve the API.</summary>
    Serve,

    /// <summary>People a fresh network or go on with one, then serve.</summary>
    Demo,

    /// <summary>Say how to call it.</summary>
    Help,
}

/// <summary>Where the local host keeps documents.</summary>
public enum LocalDocuments
{
    /// <summary>In its data directory.</summary>
    Sqlite,

    /// <summary>In any endpoint that speaks the protocol of Cosmos DB: settings <c>Cosmos</c>.</summary>
    Cosmos,
}
