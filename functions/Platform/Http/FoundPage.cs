using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Http;

/// <summary>Pages of lists that a query finds, a document for an item.</summary>
public static class FoundPage
{
    /// <summary>Makes the answer of what was found: as many items as fit, and where the list goes on.</summary>
    /// <param name="page">What the caller asks for.</param>
    /// <param name="found">What the query found, in its order.</param>
    /// <param name="items">For each document its item; null for what is not shown.</param>
    /// <param name="cursors">Makes the cursor.</param>
    /// <param name="list">Name of the list, for its cursors.</param>
    public static Page<TItem> Of<TDocument, TItem>(this PageRequest page, DocumentPage<TDocument> found, IReadOnlyList<TItem?> items, Cursors cursors, string list)
        where TDocument : Document
        where TItem : class
    {
        var count = page.Budget.TakeOf(items);
        return new([.. items.Take(count).OfType<TItem>()], cursors.Make(list, count < items.Count ? found.Items[count - 1].Id : found.Next));
    }
}
