using System.Collections.Concurrent;

namespace ServerlessSocial.CrashTest;

/// <summary>People who come, do something and delete their accounts, one after the other: nothing of it may be left with those who stay.</summary>
public sealed class Leavers(IKillableHost host, int seed)
{
    private readonly Random random = new(seed);

    /// <summary>Handles whose deletion was acknowledged.</summary>
    public List<string> Gone { get; } = [];

    /// <summary>Comes and goes until told to stop; who has come goes.</summary>
    public async Task ComeAndGoUntilAsync(IReadOnlyList<Writer> writers, ConcurrentBag<string> posts, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var handle = $"leaver_{Gone.Count}";
            using var account = await Account.SignUpAsync(host, handle);
            await account.ListAsync("feed");
            await account.CallAsync(HttpMethod.Put, $"profiles/{writers[random.Next(writers.Count)].Account.Handle}/follow");
            await account.CallAsync(HttpMethod.Post, "posts", new { text = $"Hello and good-bye from {handle}" });
            await account.CallAsync(HttpMethod.Post, "me/export");
            if (posts.TryPeek(out var post))
            {
                await TryAsync(account, HttpMethod.Put, $"posts/{post}/like");
                await TryAsync(account, HttpMethod.Put, $"posts/{post}/boost");
            }

            await TryAsync(account, HttpMethod.Delete, "me", new { handle });
            Gone.Add(handle);
        }
    }

    /// <summary>Adds what is left of them to the problems.</summary>
    public async Task CheckAsync(Account somebody, List<string> problems)
    {
        foreach (var handle in Gone)
        {
            try
            {
                await somebody.CallAsync(HttpMethod.Get, $"profiles/{handle}");
                problems.Add($"{handle} was deleted and is still there.");
            }
            catch (InvalidOperationException)
            {
                // As it should be: there is no such profile.
            }
        }
    }

    /// <summary>
    /// A post of somebody else may not be shown yet. And a deletion whose acknowledgement was lost in a crash is answered with 410 when it is
    /// repeated, or with 403 once it has been carried out.
    /// </summary>
    private static async Task TryAsync(Account account, HttpMethod method, string path, object? body = null)
    {
        try
        {
            await account.CallAsync(method, path, body);
        }
        catch (InvalidOperationException exception) when (
            exception.Message.Contains(": 404 ", StringComparison.Ordinal) || exception.Message.Contains(": 409 ", StringComparison.Ordinal)
            || exception.Message.Contains(": 410 ", StringComparison.Ordinal) || (method == HttpMethod.Delete && exception.Message.Contains(": 403 ", StringComparison.Ordinal)))
        {
            // Nothing was to be done, or it was done already.
        }
    }
}
