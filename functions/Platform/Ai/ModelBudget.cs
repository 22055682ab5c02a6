using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Platform.Ai;

/// <summary>Settings section <c>Models</c>.</summary>
public sealed class ModelOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Models";

    /// <summary>
    /// Tokens of chat and embedding models that may be spent for a person per day (UTC), 0 (none) or more. Some hundred posts take so many. Pictures have
    /// a quota of their own.
    /// </summary>
    public long DailyTokens { get; set; } = 200_000;

    /// <summary>
    /// US dollars that models may cost the whole deployment per day (UTC), 0 or more, by the prices that are configured; left out, there is no ceiling. Above it
    /// nothing is made by models any more until the next day; see <see cref="SpendCeiling"/>.
    /// </summary>
    public double? DailyDollars { get; set; }

    /// <summary>Whether the values make sense.</summary>
    internal bool IsValid => DailyTokens >= 0 && DailyDollars is null or >= 0;
}

/// <summary>
/// Keeps what models cost for one person within a day's budget, counted from the usage that their answers report. Beyond it, what the person asks for is
/// refused until the next day, and what they post is held for a person: it is never published unread, and never left to lie.
/// </summary>
/// <remarks>
/// A process notes what was spent when it comes to a twentieth of the budget, when the budget is used up, and when it stops; and learns at the same time
/// what others have noted. So a usual day costs one read and few writes, and a day may end beyond its budget by a twentieth for each process, and by
/// the calls that are under way at its end. A process that dies loses that twentieth at most. Work that is repeated counts as often as it is paid for.
/// </remarks>
public sealed class ModelBudget(IDocumentStore documents, ModelLedger ledger, IOptions<ModelOptions> options, TimeProvider time) : IHostedService
{
    private const int SharesPerDay = 20;
    private const int MostRemembered = 50_000;

    private readonly ConcurrentDictionary<string, DaySum<long>> days = new(StringComparer.Ordinal);

    /// <summary>Has a text scored on its author's budget.</summary>
    /// <param name="classifier">Who scores it.</param>
    /// <param name="personId">Profile of the author.</param>
    /// <param name="text">The text.</param>
    /// <param name="language">Its language, if known.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The scores; <see cref="Unjudged.Budget"/> when the day's tokens are used up, without asking anyone.</returns>
    public async Task<IReadOnlyList<HarmScore>> ClassifyAsync(
        ITextClassifier classifier, string personId, string text, string? language, CancellationToken cancellationToken) =>
        !classifier.IsMetered ? await classifier.ClassifyAsync(text, language, cancellationToken)
        : await IsUsedUpAsync(personId, time.GetUtcNow(), cancellationToken) ? [HarmScore.Unknown(Unjudged.Budget)]
        : await MeterAsync(personId, classifier, "moderation", text, language, cancellationToken);

    /// <summary>Has a text scored that was admitted before, and counts what it takes.</summary>
    /// <param name="personId">Profile of the author.</param>
    /// <param name="classifier">Who scores it.</param>
    /// <param name="purpose">What for, for the ledger.</param>
    /// <param name="text">The text.</param>
    /// <param name="language">Its language, if known.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<HarmScore>> MeterAsync(
        string personId, ITextClassifier classifier, string purpose, string text, string? language, CancellationToken cancellationToken) =>
        !classifier.IsMetered ? classifier.ClassifyAsync(text, language, cancellationToken)
        : MeterAsync(personId, () => ledger.CallAsync(
            new(purpose, classifier.Name, classifier.PromptVersion), () => classifier.ClassifyAsync(text, language, cancellationToken)));

    /// <summary>Makes a call that was admitted before, and counts what it takes.</summary>
    public async Task<T> MeterAsync<T>(string personId, Func<Task<T>> call)
    {
        using var use = ModelUse.Count();
        var answer = await call();
        if (use.Tokens > 0)
        {
            // Not cancelled with its call: it is spent.
            await SpendAsync(personId, use.Tokens, CancellationToken.None);
        }

        return answer;
    }

    /// <summary>The error for a person who asks for more when the day's tokens are used up; null while there are some.</summary>
    public async ValueTask<ModelBudgetExceeded?> ExceededAsync(string personId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await IsUsedUpAsync(personId, now, cancellationToken)
            ? new(options.Value.DailyTokens, UtcDay.EndOf(now), now)
            : null;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Notes what has not been noted yet.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var (personId, day) in days)
        {
            await NoteAsync(personId, day, day.Take(least: 1), cancellationToken);
        }
    }

    private async ValueTask<bool> IsUsedUpAsync(string personId, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await DayAsync(personId, now, cancellationToken)).Spent >= options.Value.DailyTokens;

    private async ValueTask SpendAsync(string personId, long tokens, CancellationToken cancellationToken)
    {
        var day = await DayAsync(personId, time.GetUtcNow(), cancellationToken);
        day.Add(tokens);
        await NoteAsync(personId, day, day.Take(options.Value.DailyTokens / SharesPerDay, options.Value.DailyTokens), cancellationToken);
    }

    /// <summary>The person's day as this process knows it. What was not noted of an earlier one is of no use any more.</summary>
    private async ValueTask<DaySum<long>> DayAsync(string personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = ModelUsageDocument.IdOf(now);
        if (days.TryGetValue(personId, out var known) && known.Day == id)
        {
            return known;
        }

        if (days.Count >= MostRemembered)
        {
            await StopAsync(cancellationToken);
            days.Clear();
        }

        var noted = (await documents.FindAsync<ModelUsageDocument>(personId, id, cancellationToken))?.Tokens ?? 0;
        return days.AddOrUpdate(personId, _ => new(id, noted), (_, other) => other.Day == id ? other : new(id, noted));
    }

    private async ValueTask NoteAsync(string personId, DaySum<long> day, long tokens, CancellationToken cancellationToken)
    {
        if (tokens == 0)
        {
            return;
        }

        try
        {
            var noted = await documents.SetAsync<ModelUsageDocument>(
                personId, day.Day, found => (found ?? ModelUsageDocument.Of(personId, day.Day)) with { Tokens = (found?.Tokens ?? 0) + tokens }, cancellationToken);
            day.Learn(noted!.Tokens);
        }
        catch
        {
            day.PutBack(tokens);
            throw;
        }
    }
}

/// <summary>The day's model tokens are used up.</summary>
/// <param name="Limit">Tokens per day.</param>
/// <param name="ResetAt">When the next day begins (UTC).</param>
/// <param name="Now">The present.</param>
public sealed record ModelBudgetExceeded(long Limit, DateTimeOffset ResetAt, DateTimeOffset Now) : Error(
    ErrorKind.TooManyRequests,
    "model-budget",
    $"What models do for you today has taken all of the {Limit} tokens it may. You can ask again from {ResetAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}.")
{
    /// <inheritdoc/>
    public override TimeSpan? RetryAfter => ResetAt - Now;
}
