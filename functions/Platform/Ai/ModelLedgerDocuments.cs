using System.Globalization;
using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Platform.Ai;

/// <summary>A call of a model, in the ledger. It says nothing of who it was for, and nothing of what was said.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Purpose">What for.</param>
/// <param name="PromptVersion">Version of the instructions it got; null where there are none.</param>
/// <param name="InputTokens">Tokens sent, as the answer reports them.</param>
/// <param name="OutputTokens">Tokens received.</param>
/// <param name="Milliseconds">How long it took, with what the client tried again.</param>
/// <param name="Dollars">What it cost by the configured prices, in US dollars; 0 where none are.</param>
/// <param name="Failed">Whether it ended with an exception: a refusal is an answer.</param>
public sealed record ModelCallEntry(
    DateTimeOffset At, string Model, string Purpose, string? PromptVersion, long InputTokens, long OutputTokens, long Milliseconds, double Dollars, bool Failed);

/// <summary>
/// Some calls of models that one process made one after the other, written together, because a document for each would cost a post more than its check.
/// Kept for 90 days, in a partition for every minute: a billion people's posts are some 4,000 documents a minute.
/// </summary>
[PersonalData(Belongs.ToNobody, Because = "Which model was asked what for, what it took and what it cost: no id and no text of anybody's.")]
public sealed record ModelCallsDocument : Document, IDocument<ModelCallsDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("model-calls", "/span") { DefaultTimeToLive = 90 * 24 * 60 * 60 };

    /// <summary>The minute (UTC) in which it was written.</summary>
    public required string Span { get; init; }

    /// <summary>The calls, in the order in which they ended.</summary>
    public IReadOnlyList<ModelCallEntry> Calls { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Span;

    /// <summary>The minute of a moment.</summary>
    public static string SpanOf(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>What models cost the whole deployment on one day (UTC), where there is a ceiling.</summary>
[PersonalData(Belongs.ToNobody, Because = "A sum of dollars.")]
public sealed record ModelSpendDocument : Document, IDocument<ModelSpendDocument>
{
    /// <summary>Beside the ledger: it is gone as soon.</summary>
    public static ContainerDefinition Container => ModelCallsDocument.Container;

    /// <summary>The day.</summary>
    public required string Span { get; init; }

    /// <summary>US dollars.</summary>
    public double Dollars { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Span;

    /// <summary>The document of a day on which nothing has been spent yet.</summary>
    public static ModelSpendDocument Of(string day) => new() { Id = "spend", Span = day };

    /// <summary>The day of a moment.</summary>
    public static string DayOf(DateTimeOffset moment) => UtcDay.NameOf(moment);
}
