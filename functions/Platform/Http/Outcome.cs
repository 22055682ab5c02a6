namespace ServerlessSocial.Platform.Http;

/// <summary>Either what an operation made or the expected error that kept it from it.</summary>
/// <param name="Value">What was made; null when there is an error.</param>
/// <param name="Error">The error; null when it worked.</param>
public readonly record struct Outcome<T>(T? Value, Error? Error)
    where T : class
{
    /// <summary>It worked.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>It did not.</summary>
    public static implicit operator Outcome<T>(Error error) => new(null, error);
}
