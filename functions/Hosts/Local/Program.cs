using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Hosts.Local.Demo;
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

if (options.Command == LocalCommand.Demo && !DemoCommand.IsFresh(options.DataDirectory))
{
    await Console.Error.WriteLineAsync($"{options.DataDirectory} holds a network already. Name a fresh directory: demo --data DIR");
    return 1;
}

try
{
    await using var app = await LocalHost.BuildAsync(options);
    await app.StartAsync();
    Welcome.Print(app, options);
    if (options.Command == LocalCommand.Demo)
    {
        using var demo = new DemoCommand(Welcome.BaseAddress(app));
        await demo.RunAsync(app.Lifetime.ApplicationStopping);
        if (options.Exit)
        {
            await app.StopAsync();
            return 0;
        }
    }

    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception exception) when (exception is StorageException or IOException)
{
    // The port or the data directory is taken: said in a line, not in a stack trace.
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
