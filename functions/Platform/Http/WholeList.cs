namespace ServerlessSocial.Platform.Http;

/// <summary>Pages of lists that stand in one document, and so are short.</summary>
public static class WholeList
{
    /// <summary>Cuts the page asked for from a list.</summary>
    /// <param name="page">What the caller asks for.</param>
    /// <param name="list">The whole list, in its order.</param>
    /// <param name="shape">Shapes an entry for clients.</param>
    /// <param name="idOf">Identity of an entry. Where the one that a cursor names is gone, the page begins behind what sorts before it.</param>
    /// <param name="descending">Whether the list stands in descending order of these identities, rather than in ascending order.</param>
    /// <returns>The items, and where the list goes on; null at its end.</returns>
    public static (IReadOnlyList<TItem> Items, string? Next) CutFrom<TEntry, TItem>(
        this PageRequest page, IReadOnlyList<TEntry> list, Func<TEntry, TItem> shape, Func<TEntry, string> idOf, bool descending = false)
        where TItem : class
    {
        var rest = page.After is not { } after
            ? list
            : [.. list.Where(entry => string.CompareOrdinal(idOf(entry), after) is var order && (descending ? order < 0 : order > 0))];
        return page.Cut(rest, shape, idOf);
    }

    /// <summary>Cuts a page from what is left of a list behind the page before.</summary>
    internal static (IReadOnlyList<TItem> Items, string? Next) Cut<TEntry, TItem>(this PageRequest page, IReadOnlyList<TEntry> rest, Func<TEntry, TItem> shape, Func<TEntry, string> idOf)
        where TItem : class
    {
        TItem[] items = [.. rest.Take(page.Limit).Select(shape)];
        var count = page.Budget.TakeOf(items);
        return (items[..count], count < rest.Count ? idOf(rest[count - 1]) : null);
    }
}
