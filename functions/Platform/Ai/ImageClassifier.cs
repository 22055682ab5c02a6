namespace ServerlessSocial.Platform.Ai;

/// <summary>Looks at pictures for harm. What follows from what it sees is the moderation policy's matter.</summary>
public interface IImageClassifier
{
    /// <summary>Name and version of the model, as recorded with each decision.</summary>
    string Name { get; }

    /// <summary>Version of the instructions that the model gets, for the ledger of model calls; null where there are none.</summary>
    string? PromptVersion => null;

    /// <summary>Looks at a picture once.</summary>
    /// <param name="picture">The file: JPEG, PNG or WebP, at most 8 MiB; a thumbnail of 640 pixels is enough.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What it found, or that it would not look, and would not if asked again. Outages, throttling and bugs are exceptions: the call may be repeated.</returns>
    Task<ImageFindings> ClassifyAsync(ReadOnlyMemory<byte> picture, string contentType, CancellationToken cancellationToken);
}

/// <summary>What became of a look at a picture: <see cref="ImageExamined"/> or <see cref="ImageNotExamined"/>.</summary>
public abstract record ImageFindings;

/// <summary>The model looked.</summary>
/// <param name="Scores">At most one score per category; a category that is missing scores 0.</param>
public sealed record ImageExamined(IReadOnlyList<HarmScore> Scores) : ImageFindings;

/// <summary>The model or its content filter would not look, or its answer cannot be read: a person has to, and asking again does not help.</summary>
/// <param name="Reason">What refused, for the record.</param>
public sealed record ImageNotExamined(string Reason) : ImageFindings;
