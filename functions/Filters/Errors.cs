using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Filters;

/// <summary>A profile has as many filters as it may.</summary>
public sealed record TooManyFilters() : Error(
    ErrorKind.Conflict, "too-many-filters", $"You have {FiltersDocument.MostFilters} filters, the most there may be; delete one first, perhaps one that has ended.");
