using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Options;
using ServerlessSocial.Discovery;
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
    return await FailAsync($"{exception.Message}\n\n{LocalHostOptions.Usage}", 2);
}

if (options.Command == LocalCommand.Help)
{
    Console.WriteLine(LocalHostOptions.Usage);
    return 0;
}

if (LocalPort.IsTaken(options.Port))
{
    return await FailAsync($"Port {options.Port} is in use. Stop what listens there, or choose another: --port N", 1);
}

Console.WriteLine($"Starting, with the data in {options.DataDirectory} ...");
if (options.Command == LocalCommand.Demo)
{
    // Everybody signs up from this machine, which also asks again and again whether all is done.
    // In a small place two are many who speak of one thing.
    options = options with { Settings = ["--Limits:SignUps:Burst=1000", "--Limits:AnonymousReads:Burst=100000", "--Trends:LeastPeople=2", "--Trends:LeastReactions=3", .. options.Settings] };
}

try
{
    if (options.Command == LocalCommand.Demo && DemoCommand.IsHalfMade(options.DataDirectory))
    {
        return await FailAsync($"The demonstration in {options.DataDirectory} was stopped half-way. Remove it, or name a fresh directory: demo --data DIR", 1);
    }

    var clock = options.Command == LocalCommand.Demo && DemoCommand.IsFresh(options.DataDirectory) ? DemoCommand.NewClock() : null;
    await using var app = await LocalHost.BuildAsync(options, builder => AddClock(builder, clock));
    await app.StartAsync();
    Welcome.Print(app, options);
    var warming = WarmUp.RunAsync(app);
    if (options.Command == LocalCommand.Demo && await DemoAsync(app, options.DataDirectory, clock) is { } trouble)
    {
        await app.StopAsync();
        await warming;
        return await FailAsync(trouble, 1);
    }

    if (options.Exit)
    {
        await app.StopAsync();
    }

    await app.WaitForShutdownAsync();
    await warming;
    return 0;
}
catch (Exception exception) when (exception is StorageException or IOException or UnauthorizedAccessException or OptionsValidationException or CosmosException or HttpRequestException)
{
    // The port or the data directory is taken, Cosmos DB cannot be reached: said in a line, not in a stack trace.
    return await FailAsync(exception.Message.Split('\n')[0], 1);
}

static void AddClock(WebApplicationBuilder builder, DemoClock? clock)
{
    if (clock is not null)
    {
        builder.Services.AddSingleton<TimeProvider>(clock);
    }
}

static async Task<string?> DemoAsync(WebApplication app, string dataDirectory, DemoClock? clock)
{
    using var demo = new DemoCommand(Welcome.BaseAddress(app), clock);
    try
    {
        if (!await demo.RunAsync(dataDirectory, app.Lifetime.ApplicationStopping))
        {
            return $"{dataDirectory} holds another network. Name a fresh directory: demo --data DIR";
        }

        // Nobody waits ten minutes for the timer.
        await app.Services.GetRequiredService<FindTrends>().RunAsync(new(), app.Lifetime.ApplicationStopping);
        return null;
    }
    catch (HttpRequestException exception)
    {
        return $"The demonstration could not be made: {exception.Message}";
    }
    catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
    {
        Console.WriteLine("\nStopped in the middle of the demonstration.");
        return null;
    }
}

static async Task<int> FailAsync(string message, int status)
{
    await Console.Error.WriteLineAsync(message);
    return status;
}
