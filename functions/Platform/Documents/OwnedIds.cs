using System.Diagnostics.CodeAnalysis;

namespace ServerlessSocial.Platform.Documents;

/// <summary>
/// Ids that name their owner: <c>{uuid}.{ownerId}</c>. They sort by time wherever they stand, and tell the partition they live in.
/// Opaque to clients.
/// </summary>
public static class OwnedIds
{
    /// <summary>Stands for an owner whose account was deleted.</summary>
    public static string Nobody { get; } = new('0', Ids.Length);

    /// <summary>The id of what an owner made.</summary>
    /// <param name="id">A time-ordered id.</param>
    /// <param name="ownerId">Profile id of the owner.</param>
    public static string Make(string id, string ownerId) => $"{id}.{ownerId}";

    /// <summary>Owner of an id that is known to be well formed.</summary>
    public static string OwnerOf(string ownedId) => ownedId[(Ids.Length + 1)..];

    /// <summary>The id without its owner, if that is the one given: what hangs together by it still does.</summary>
    public static string Without(string goneId, string ownedId) => OwnerOf(ownedId) == goneId ? Make(ownedId[..Ids.Length], Nobody) : ownedId;

    /// <summary>When an id that is known to be well formed was made.</summary>
    public static DateTimeOffset TimeOf(string ownedId) => Ids.TimeOf(ownedId);

    /// <summary>Reads an id from outside; false if it has another form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? ownerId)
    {
        var fits = text is { Length: (Ids.Length * 2) + 1 } && text[Ids.Length] == '.'
            && Ids.IsId(text.AsSpan(0, Ids.Length)) && Ids.IsId(text.AsSpan(Ids.Length + 1));
        ownerId = fits ? OwnerOf(text!) : null;
        return fits;
    }
}
