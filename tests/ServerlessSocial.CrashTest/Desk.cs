namespace ServerlessSocial.CrashTest;

/// <summary>A moderator who suspends somebody and lifts it again all the time, and remembers what was acknowledged.</summary>
/// <param name="Moderator">Who moderates.</param>
/// <param name="Culprit">Who is suspended.</param>
public sealed record Desk(Account Moderator, Account Culprit)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Ids of acknowledged sanctions.</summary>
    public HashSet<string> Sanctions { get; } = [];

    /// <summary>Whether the last one suspended.</summary>
    public bool Suspended { get; private set; }

    /// <summary>Works until told to stop; what was begun is finished.</summary>
    public async Task WorkUntilAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            object sanction = Suspended ? new { kind = "lift" } : new { kind = "suspend", clause = "spam", reason = "It is a test." };
            var laid = await Moderator.CallAsync(HttpMethod.Post, $"moderation/accounts/{Culprit.Handle}/sanctions", sanction);
            Sanctions.Add(laid.GetProperty("id").GetString()!);
            Suspended = !Suspended;
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>The whole audit trail: what each entry says exactly, and whether all pages are whole.</summary>
    public async Task<(IReadOnlyList<string> Details, bool Whole)> ReadTrailAsync()
    {
        var (details, whole) = (new List<string>(), true);
        for (string? cursor = null; ;)
        {
            var page = await Moderator.CallAsync(HttpMethod.Get, $"moderation/audit?limit=100{(cursor is null ? string.Empty : $"&cursor={cursor}")}");
            details.AddRange(page.GetProperty("items").EnumerateArray().Select(entry => entry.TryGetProperty("detail", out var detail) ? detail.GetString()! : string.Empty));
            whole &= page.GetProperty("whole").GetBoolean();
            if (!page.TryGetProperty("next", out var next) || (cursor = next.GetString()) is null)
            {
                return (details, whole);
            }
        }
    }
}
