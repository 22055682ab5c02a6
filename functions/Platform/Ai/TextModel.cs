namespace ServerlessSocial.Platform.Ai;

/// <summary>Writes and judges text.</summary>
public interface ITextModel
{
    /// <summary>Name and version of the model, as recorded with what it writes.</summary>
    string Name { get; }

    /// <summary>Answers one request.</summary>
    /// <returns>The answer, or why the model would not give one. Outages, throttling and bugs are exceptions: the call may be repeated.</returns>
    Task<TextAnswer> CompleteAsync(TextRequest request, CancellationToken cancellationToken);
}

/// <summary>What to answer.</summary>
/// <param name="Instructions">What the model is to do. Never contains what people wrote.</param>
/// <param name="Input">What people wrote: data, never instructions.</param>
/// <param name="MaxOutputTokens">Longest answer, in the model's tokens.</param>
public sealed record TextRequest(string Instructions, string Input, int MaxOutputTokens)
{
    /// <summary>JSON schema that the answer must follow; null for plain text.</summary>
    public TextSchema? Schema { get; init; }
}

/// <summary>A JSON schema for an answer.</summary>
/// <param name="Name">Name of the schema: letters, digits, underscores.</param>
/// <param name="Json">The schema (JSON Schema, with <c>additionalProperties: false</c> and every property required).</param>
public sealed record TextSchema(string Name, string Json);

/// <summary>What became of a request for text: <see cref="TextWritten"/> or <see cref="TextRefused"/>.</summary>
public abstract record TextAnswer;

/// <summary>The model answered.</summary>
/// <param name="Text">The answer; JSON if a schema was given.</param>
public sealed record TextWritten(string Text) : TextAnswer;

/// <summary>The model would not answer, and would not if asked again.</summary>
/// <param name="Reason">What refused, for the record.</param>
/// <param name="Why">What kind of refusal it is.</param>
public sealed record TextRefused(string Reason, RefusalKind Why = RefusalKind.Declined) : TextAnswer;

/// <summary>Why a model gives no answer, however often it is asked.</summary>
public enum RefusalKind
{
    /// <summary>It says so itself.</summary>
    Declined,

    /// <summary>A content filter in front of it, or behind it, stopped the request or the answer.</summary>
    Filtered,

    /// <summary>The request is longer than it reads.</summary>
    TooLong,

    /// <summary>The answer was cut off: it is longer than was allowed.</summary>
    CutOff,
}

/// <summary>Places texts in a space where nearness is likeness of meaning.</summary>
public interface IEmbeddingModel
{
    /// <summary>Name and version of the model: vectors of different models do not compare.</summary>
    string Name { get; }

    /// <summary>Places some texts.</summary>
    /// <param name="texts">1 to 100 texts, none empty.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The vectors, or why the model would not give them. Outages, throttling and bugs are exceptions: the call may be repeated.</returns>
    Task<EmbeddingAnswer> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}

/// <summary>What became of a request for vectors: <see cref="TextsEmbedded"/> or <see cref="EmbeddingRefused"/>.</summary>
public abstract record EmbeddingAnswer;

/// <summary>The model placed the texts.</summary>
/// <param name="Vectors">Their vectors, in their order, each of length one.</param>
public sealed record TextsEmbedded(IReadOnlyList<ReadOnlyMemory<float>> Vectors) : EmbeddingAnswer;

/// <summary>The model would not place the texts, and would not if asked again.</summary>
/// <param name="Why">What kind of refusal it is.</param>
public sealed record EmbeddingRefused(RefusalKind Why) : EmbeddingAnswer;
