using System.Runtime.CompilerServices;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// What to change about something, in the manner of JSON Merge Patch (RFC 7396): what is left out stays as it is, null empties. Remembers which properties were given, which
/// their values do not tell.
/// </summary>
public abstract record MergePatch
{
    private readonly HashSet<string> given = new(StringComparer.Ordinal);

    /// <summary>Whether a property was given, be it as null.</summary>
    protected bool Has(string property) => given.Contains(property);

    /// <summary>Notes that a property was given: for its initialiser.</summary>
    protected T Given<T>(T value, [CallerMemberName] string property = "")
    {
        given.Add(property);
        return value;
    }
}
