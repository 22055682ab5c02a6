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

/// <summary>The model or its content filter would not answer, and would not if asked again.</summary>
/// <param name="Reason">What refused, for the record.</param>
public sealed record TextRefused(string Reason) : TextAnswer;

/// <summary>Places texts in a space where nearness is likeness of meaning.</summary>
public interface IEmbeddingModel
{
    /// <summary>Name and version of the model: vectors of different models do not compare.</summary>
    string Name { get; }

    /// <summary>The vectors of some texts, in their order, each of length one.</summary>
    /// <param name="texts">1 to 100 texts, none empty.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
