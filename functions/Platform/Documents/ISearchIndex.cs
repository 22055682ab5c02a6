namespace ServerlessSocial.Platform.Documents;

/// <summary>
/// A document that is found by the words it holds. Its container is <see cref="ContainerDefinition.Searchable"/>, and its id begins with a time-ordered id. Whoever writes
/// and deletes such documents does so through <see cref="IDocumentStore"/>: the index is the store's own and holds what the store holds.
/// </summary>
public interface ISearchable
{
    /// <summary>Words in their order, with a space between: what is compared, not what was written. No character below U+0080 but a-z and 0-9.</summary>
    string Text { get; }

    /// <summary>Facts about it that can be asked for exactly. No spaces, and no character below U+0080 but a-z, 0-9 and <c>_</c>.</summary>
    IReadOnlyList<string> Marks { get; }

    /// <summary>When it was made, in milliseconds since 1970: what its id begins with.</summary>
    long At { get; }
}

/// <summary>Something to be found in a document, or not: one of several phrases, or one of several marks.</summary>
/// <param name="Alternatives">Phrases, each of words with a space between, which stand behind one another; or marks. At least one.</param>
/// <param name="IsMark">Whether these are marks.</param>
public sealed record SearchTerm(IReadOnlyList<string> Alternatives, bool IsMark = false)
{
    /// <summary>A mark.</summary>
    public static SearchTerm Mark(string mark) => new([mark], IsMark: true);
}

/// <summary>What to look for in a container.</summary>
/// <param name="All">Each of these is in the document.</param>
/// <param name="Limit">At most so many documents, 1 to 1,000.</param>
public sealed record IndexQuery(IReadOnlyList<SearchTerm> All, int Limit)
{
    /// <summary>None of these is in the document.</summary>
    public IReadOnlyList<SearchTerm> None { get; init; } = [];

    /// <summary>Ids from this one on; null from the first one.</summary>
    public string? From { get; init; }

    /// <summary>Ids before this one; null to the last one.</summary>
    public string? To { get; init; }

    /// <summary>Position of the last document that was found before; null at the beginning.</summary>
    public string? After { get; init; }

    /// <summary>
    /// Whether those that fit best come first (Okapi BM25) instead of the newest. At least the 1,000 newest that match are compared.
    /// </summary>
    public bool ByRelevance { get; init; }
}

/// <summary>A document that was found.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Position">What a query goes on behind.</param>
public readonly record struct Found(string Id, string Position);

/// <summary>Looks for documents by what they hold, in all partitions of a container.</summary>
public interface ISearchIndex
{
    /// <summary>Finds documents, the newest first or those that fit best.</summary>
    /// <exception cref="ArgumentException">The container is not searchable.</exception>
    ValueTask<IReadOnlyList<Found>> FindAsync<T>(IndexQuery query, CancellationToken cancellationToken)
        where T : Document, IDocument<T>, ISearchable;
}
