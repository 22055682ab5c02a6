using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Privacy;

/// <summary>Goes through the notes of what names a person, for steps of erasure.</summary>
public static class ReferenceNotes
{
    private const int PageSize = 50;

    /// <summary>A page of the notes; nothing before the erasure is final, because others' documents keep naming the person until then.</summary>
    /// <param name="documents">Where they are.</param>
    /// <param name="person">Who is erased.</param>
    /// <param name="prefix">Which notes, as in <see cref="ReferenceDocument.Of"/>; null for all of them.</param>
    /// <param name="after">Where the page begins, as the one before said.</param>
    /// <param name="forget">Takes the person out of what a note leads to: gets what stands behind the prefix. May be called again.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<ErasedPage> EraseAsync(
        this IDocumentStore documents, ErasedPerson person, string? prefix, string? after, Func<string, Task> forget, CancellationToken cancellationToken)
    {
        if (!person.IsFinal)
        {
            return new(null);
        }

        var all = new DocumentQuery(person.ProfileId, PageSize);
        var page = await documents.QueryAsync<ReferenceDocument>((prefix is null ? all : all.WithPrefix(prefix)).After(after), cancellationToken);
        foreach (var note in page.Items)
        {
            await forget(note.Id[(prefix?.Length ?? 0)..]);
        }

        return new(page.Next);
    }
}
