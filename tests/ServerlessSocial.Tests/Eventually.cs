namespace ServerlessSocial.Tests;

/// <summary>Waits for what comes about by itself. A machine under load takes its time; a test must not fail for that.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks again and again until it holds; fails after a minute.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> holds)
    {
        var limit = DateTimeOffset.UtcNow + Patience;
        while (!await holds())
        {
            Assert.True(DateTimeOffset.UtcNow < limit, "It did not come to that within a minute.");
            await Task.Delay(Pause);
        }
    }

    /// <inheritdoc cref="HoldsAsync(Func{Task{bool}})"/>
    public static Task HoldsAsync(Func<bool> holds) => HoldsAsync(() => Task.FromResult(holds()));
}
