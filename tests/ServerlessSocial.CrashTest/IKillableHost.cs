namespace ServerlessSocial.CrashTest;

/// <summary>A host of the product that can be killed without warning and started again, at the same address, on what it had stored.</summary>
public interface IKillableHost : IAsyncDisposable
{
    /// <summary>Address of the API, with the <c>/api/</c> prefix.</summary>
    Uri Address { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    Task StartAsync();

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    /// <param name="random">Decides, where there is a choice of what to kill.</param>
    Task KillAsync(Random random);

    /// <summary>A token for somebody, with a role or without.</summary>
    Task<string> TokenAsync(string subject, string? role = null);

    /// <summary>What it still has to do, in words; nothing when all that was acknowledged has been carried out.</summary>
    Task<IReadOnlyList<string>> ToDoAsync();
}
