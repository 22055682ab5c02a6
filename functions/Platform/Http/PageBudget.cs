namespace ServerlessSocial.Platform.Http;

/// <summary>
/// How much a page of a list may weigh: a hundred of the longest posts would be megabytes. Whoever fills a page asks for each item; when one does not fit,
/// the page ends before it, and its <c>next</c> goes on with it.
/// </summary>
public sealed class PageBudget
{
    /// <summary>Bytes that the items of a page have as JSON. One item that is larger has a page for itself.</summary>
    public const long Bytes = 1_000_000;

    private long taken;

    /// <summary>Takes an item if it fits; the first always does.</summary>
    public bool TryTake(object item)
    {
        var weight = JsonWeight.Of(item);
        if (taken > 0 && taken + weight > Bytes)
        {
            return false;
        }

        taken += weight;
        return true;
    }

    /// <summary>Takes items as long as they fit.</summary>
    /// <param name="items">The items; null for what is not shown.</param>
    /// <returns>How many, from the beginning.</returns>
    public int TakeOf<T>(IReadOnlyList<T?> items)
        where T : class
    {
        var count = 0;
        while (count < items.Count && (items[count] is not { } item || TryTake(item)))
        {
            count++;
        }

        return count;
    }
}
