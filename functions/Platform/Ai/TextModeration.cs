using System.Text.Json.Serialization;

namespace ServerlessSocial.Platform.Ai;

/// <summary>The kinds of harm a text or a picture is examined for. Stored and sent by the names given here.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HarmCategory>))]
public enum HarmCategory
{
    /// <summary>Insulting, bullying or stalking a person, or telling them to die.</summary>
    [JsonStringEnumMemberName("harassment")]
    Harassment,

    /// <summary>Degrading or excluding people for what they are.</summary>
    [JsonStringEnumMemberName("hate")]
    Hate,

    /// <summary>Threatening, planning or calling for violence.</summary>
    [JsonStringEnumMemberName("violence")]
    Violence,

    /// <summary>Sexually explicit content and solicitation.</summary>
    [JsonStringEnumMemberName("sexual")]
    Sexual,

    /// <summary>Suicide and self-injury: a person in danger, or somebody pushing others towards it.</summary>
    [JsonStringEnumMemberName("selfHarm")]
    SelfHarm,

    /// <summary>Unsolicited advertising, fraud, engagement bait.</summary>
    [JsonStringEnumMemberName("spam")]
    Spam,

    /// <summary>Trade in drugs, weapons, stolen or forged things.</summary>
    [JsonStringEnumMemberName("illegalGoods")]
    IllegalGoods,

    /// <summary>Sexualising anyone under 18, in whatever words.</summary>
    [JsonStringEnumMemberName("sexualMinors")]
    SexualMinors,

    /// <summary>Naked people: what a picture shows, or a description asks for.</summary>
    [JsonStringEnumMemberName("nudity")]
    Nudity,

    /// <summary>Mutilated bodies and other violence shown in detail.</summary>
    [JsonStringEnumMemberName("gore")]
    Gore,

    /// <summary>Symbols of extremist organisations, such as the swastika.</summary>
    [JsonStringEnumMemberName("extremistSymbols")]
    ExtremistSymbols,
}

/// <summary>How strongly a text shows one kind of harm.</summary>
/// <param name="Category">The kind of harm.</param>
/// <param name="Score">From 0 (no sign of it) to 1 (certain).</param>
/// <param name="Evidence">The rules or term classes that spoke for it, never the author's words; null when a model gives none.</param>
public sealed record HarmScore(HarmCategory Category, double Score, string? Evidence)
{
    /// <summary>Why nothing is known, where <see cref="Score"/> is no number; never stored.</summary>
    [JsonIgnore]
    public Unjudged? Unjudged { get; init; }

    /// <summary>The answer about a text that no machine has judged, or not the whole of: a score that is no number, which holds the text for a person.</summary>
    public static HarmScore Unknown(Unjudged why) => new(default, double.NaN, null) { Unjudged = why };
}

/// <summary>Why a text was not judged, and will not be if it is sent again.</summary>
public enum Unjudged
{
    /// <summary>The model would not judge it.</summary>
    Declined,

    /// <summary>A content filter stopped the call.</summary>
    Filtered,

    /// <summary>It is longer than the model reads.</summary>
    TooLong,

    /// <summary>It was cut, and what was left out was not read.</summary>
    InPart,

    /// <summary>The answer made no sense.</summary>
    Unclear,

    /// <summary>Its author's model tokens of the day are used up; see <see cref="ModelBudget"/>.</summary>
    Budget,
}

/// <summary>Examines text for harm. What follows from the scores is the moderation policy's matter, not the classifier's.</summary>
public interface ITextClassifier
{
    /// <summary>Name and version of the model or rule set, as recorded with each decision.</summary>
    string Name { get; }

    /// <summary>Whether scoring takes a model's tokens, which count towards the author's <see cref="ModelBudget"/>.</summary>
    bool IsMetered => false;

    /// <summary>Version of the instructions that the model gets, for the ledger of model calls; null where there are none.</summary>
    string? PromptVersion => null;

    /// <summary>Scores a text.</summary>
    /// <param name="text">The text as its author wrote it; any string is answered.</param>
    /// <param name="language">BCP 47 tag the author declared or that was guessed, when there is one. A hint only.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// At most one score per category; a category that is missing scores 0. Besides, <see cref="HarmScore.Unknown"/> where the text was not judged or not
    /// wholly: asking again would not help. Outages and throttling are exceptions: the call may be repeated.
    /// </returns>
    Task<IReadOnlyList<HarmScore>> ClassifyAsync(string text, string? language, CancellationToken cancellationToken);
}
