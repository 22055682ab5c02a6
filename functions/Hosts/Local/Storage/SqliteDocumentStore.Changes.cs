using System.Globalization;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Storage;

internal sealed partial class SqliteDocumentStore
{
    /// <inheritdoc/>
    public ValueTask<ChangePage<T>> ReadChangesAsync<T>(string? position, int limit, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var table = FeedTable(T.Container);
        if (!table.Exists)
        {
            return ValueTask.FromResult(new ChangePage<T>([], position));
        }

        using var reader = database.Read();
        using var rows = reader.Session.Use(table.Changes).Bind(1, Position(position)).Bind(2, Now).Bind(3, limit);
        var changes = new List<T>();
        var last = 0L;
        while (rows.Step())
        {
            last = rows.Number(0);
            changes.Add(StoredDocument.Deserialize<T>(rows.Blob(2), last));
        }

        return ValueTask.FromResult(new ChangePage<T>(changes, changes.Count == 0 ? position : last.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Completes as soon as <see cref="ReadChangesAsync{T}"/> would find something after the position.</summary>
    /// <param name="container">A container with a change feed.</param>
    /// <param name="position">As in <see cref="ReadChangesAsync{T}"/>.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async ValueTask WaitForChangesAsync(ContainerDefinition container, string? position, CancellationToken cancellationToken)
    {
        var table = FeedTable(container);
        while (true)
        {
            // The newest change may be of a document that is gone: what counts is whether a row is there.
            var newest = table.Signal.Newest;
            if (table.Exists && AnyChange(table, Position(position)))
            {
                return;
            }

            await table.Signal.AfterAsync(newest, cancellationToken);
        }
    }

    /// <summary>Whether <see cref="ReadChangesAsync{T}"/> would find something after the position.</summary>
    public bool HasChanges(ContainerDefinition container, string? position)
    {
        var table = FeedTable(container);
        return table.Exists && AnyChange(table, Position(position));
    }

    private static long Position(string? position) => position is null ? 0 : long.Parse(position, NumberStyles.None, CultureInfo.InvariantCulture);

    private bool AnyChange(DocumentTable table, long position)
    {
        using var reader = database.Read();
        using var rows = reader.Session.Use(table.Changes).Bind(1, position).Bind(2, Now).Bind(3, 1);
        return rows.Step();
    }

    private DocumentTable FeedTable(ContainerDefinition container) =>
        container.ChangeFeed ? Table(container) : throw new ArgumentException($"Container '{container.Name}' declares no change feed.", nameof(container));
}
