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
        using var reader = table.File.Read();
        using var rows = reader.Session.Query(table.Changes, Position(position), Now, limit);
        var changes = new List<T>();
        while (rows.Read())
        {
            var sequence = rows.GetInt64(0);
            changes.Add(StoredDocument.Deserialize<T>(rows.GetFieldValue<byte[]>(1), sequence));
            position = sequence.ToString(CultureInfo.InvariantCulture);
        }

        return ValueTask.FromResult(new ChangePage<T>(changes, position));
    }

    /// <summary>Completes as soon as <see cref="ReadChangesAsync{T}"/> would find something after the position.</summary>
    /// <param name="container">A container with a change feed.</param>
    /// <param name="position">As in <see cref="ReadChangesAsync{T}"/>.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async ValueTask WaitForChangesAsync(ContainerDefinition container, string? position, CancellationToken cancellationToken)
    {
        var signal = FeedTable(container).Signal;
        while (true)
        {
            // The newest change may be of a document that is gone: what counts is whether a row is there.
            var next = signal.Next;
            if (HasChanges(container, position))
            {
                return;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Whether <see cref="ReadChangesAsync{T}"/> would find something after the position.</summary>
    public bool HasChanges(ContainerDefinition container, string? position)
    {
        var table = FeedTable(container);
        using var reader = table.File.Read();
        using var rows = reader.Session.Query(table.Changes, Position(position), Now, 1);
        return rows.Read();
    }

    private static long Position(string? position) => position is null ? 0 : long.Parse(position, NumberStyles.None, CultureInfo.InvariantCulture);

    private DocumentTable FeedTable(ContainerDefinition container) =>
        container.ChangeFeed ? Table(container) : throw new ArgumentException($"Container '{container.Name}' declares no change feed.", nameof(container));
}
