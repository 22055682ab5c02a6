namespace ServerlessSocial.Platform.Http;

/// <summary>Pages of lists that stand in one document and are ranked: a cursor names the last entry of the page before.</summary>
public static class RankedList
{
    /// <summary>What stands behind an entry; nothing where the entry is gone, since what is ranked anew is another list.</summary>
    /// <param name="list">The list, in its order.</param>
    /// <param name="after">Identity of the entry; null begins at the beginning.</param>
    /// <param name="idOf">Identity of an entry.</param>
    public static IReadOnlyList<T> After<T>(this IReadOnlyList<T> list, string? after, Func<T, string> idOf)
    {
        return after is null ? list : [.. list.SkipWhile(entry => idOf(entry) != after).Skip(1)];
    }

    /// <summary>Cuts the page asked for from a ranked list.</summary>
    /// <param name="page">What the caller asks for.</param>
    /// <param name="list">The list, in its order.</param>
    /// <param name="shape">Shapes an entry for clients.</param>
    /// <param name="idOf">Identity of an entry.</param>
    /// <returns>The items, and where the list goes on; null at its end.</returns>
    public static (IReadOnlyList<TItem> Items, string? Next) CutAfter<TEntry, TItem>(
        this PageRequest page, IReadOnlyList<TEntry> list, Func<TEntry, TItem> shape, Func<TEntry, string> idOf)
        where TItem : class => page.Cut(list.After(page.After, idOf), shape, idOf);
}
