namespace ServerlessSocial.ContractTests.TwoHosts;

/// <summary>A request that is held against both hosts.</summary>
/// <param name="Who">Handle of the caller; <c>nobody</c> has no token.</param>
/// <param name="Call">Method and path below <c>/api/</c>; <c>{name}</c> stands for what an earlier row remembered.</param>
/// <param name="Body">What to send: an object as JSON, a string as it is, bytes as a picture; null for nothing. Strings may hold <c>{name}</c>.</param>
internal sealed record TableRow(string Who, string Call, object? Body = null)
{
    /// <summary>Content type, when it is not what the body suggests.</summary>
    public string? ContentType { get; init; }

    /// <summary>Headers; values may hold <c>{name}</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Under what name to remember <c>id</c> of the answer.</summary>
    public string? Id { get; init; }

    /// <summary>Under what name to remember the answer's <c>ETag</c>.</summary>
    public string? ETag { get; init; }

    /// <summary>Under what name to remember <c>next</c> of the answer.</summary>
    public string? Next { get; init; }
}
