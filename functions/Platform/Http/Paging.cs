using System.Globalization;

namespace ServerlessSocial.Platform.Http;

/// <summary>A list answer.</summary>
/// <param name="Items">Some items, in the list's order.</param>
/// <param name="Next">Cursor of the next page; left out on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next) : IListed;

/// <summary>What a caller asks of a list.</summary>
/// <param name="Limit">At most so many items.</param>
/// <param name="After">Where the page before ended, as the list itself put it into the cursor; null at the beginning.</param>
public readonly record struct PageRequest(int Limit, string? After)
{
    /// <summary>Items of a page unless asked otherwise.</summary>
    public const int DefaultLimit = 20;

    /// <summary>Largest page.</summary>
    public const int MaxLimit = 100;

    /// <summary>What the page's items may weigh together.</summary>
    public PageBudget Budget { get; } = new();

    /// <summary>Reads <c>limit</c> and <c>cursor</c> from the query.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cursors">Checks the cursor.</param>
    /// <param name="list">Name of the list with everything that makes it this one (path, viewer): cursors of other lists are refused.</param>
    /// <returns>The page asked for, or the error to answer with.</returns>
    public static (PageRequest Page, Error? Error) Read(HttpRequest request, Cursors cursors, string list)
    {
        var limit = DefaultLimit;
        if (request.Query.TryGetValue("limit", out var text)
            && (!int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            return (default, new InvalidFields("limit", $"A whole number from 1 to {MaxLimit}."));
        }

        if (!request.Query.TryGetValue("cursor", out var cursor))
        {
            return (new(limit, null), null);
        }

        return cursors.TryRead(cursor.ToString(), list, out var after) ? (new(limit, after), null) : (default, new BadCursor());
    }
}
