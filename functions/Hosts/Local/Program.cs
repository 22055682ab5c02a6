using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Hosts.Local.Storage;

LocalHostOptions options;
try
{
    options = LocalHostOptions.Parse(args);
}
catch (FormatException exception)
{
    await Console.Error.WriteLineAsync($"{exception.Message}\n\n{LocalHostOptions.Usage}");
    return 2;
}

if (options.Command == LocalCommand.Help)
{
    Console.WriteLine(LocalHostOptions.Usage);
    return 0;
}

try
{
    await using var app = await LocalHost.BuildAsync(options);
    await app.StartAsync();
    Welcome.Print(app, options);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception exception) when (exception is StorageException or IOException)
{
    // The port or the data directory is taken: said in a line, not in a stack trace.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
