using ServerlessSocial.Hosts.Adapters.Cosmos;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Local.Triggers;

/// <summary>The change feed as the local host follows it: read it, and learn when to read again.</summary>
internal interface IChangeSource : IChangeFeed
{
    /// <summary>How long whoever asks again and again pauses between.</summary>
    TimeSpan Pause { get; }

    /// <summary>Completes as soon as it is worth reading after the position again.</summary>
    Task WaitForChangesAsync(ContainerDefinition container, string? position, CancellationToken cancellationToken);

    /// <summary>Whether there is something after the position.</summary>
    ValueTask<bool> HasChangesAsync(ContainerDefinition container, string? position, CancellationToken cancellationToken);

    /// <summary>Under what name the position of a function is kept: positions in one store mean nothing in another.</summary>
    string LeaseOf(string function);
}

/// <summary>Changes in the local host's own database, which tells of each at once.</summary>
internal sealed class SqliteChangeSource(SqliteDocumentStore documents) : IChangeSource
{
    /// <inheritdoc/>
    public TimeSpan Pause => TimeSpan.FromMilliseconds(5);

    /// <inheritdoc/>
    public ValueTask<ChangePage<T>> ReadChangesAsync<T>(string? position, int limit, CancellationToken cancellationToken)
        where T : Document, IDocument<T> => documents.ReadChangesAsync<T>(position, limit, cancellationToken);

    /// <inheritdoc/>
    public Task WaitForChangesAsync(ContainerDefinition container, string? position, CancellationToken cancellationToken) =>
        documents.WaitForChangesAsync(container, position, cancellationToken).AsTask();

    /// <inheritdoc/>
    public ValueTask<bool> HasChangesAsync(ContainerDefinition container, string? position, CancellationToken cancellationToken) =>
        ValueTask.FromResult(documents.HasChanges(container, position));

    /// <inheritdoc/>
    public string LeaseOf(string function) => function;
}

/// <summary>Changes in Cosmos DB, which must be asked for.</summary>
internal sealed class CosmosChangeSource(CosmosDocumentStore documents, CosmosConnection connection, TimeProvider time) : IChangeSource
{
    /// <inheritdoc/>
    public TimeSpan Pause => TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public ValueTask<ChangePage<T>> ReadChangesAsync<T>(string? position, int limit, CancellationToken cancellationToken)
        where T : Document, IDocument<T> => documents.ReadChangesAsync<T>(position, limit, cancellationToken);

    /// <inheritdoc/>
    public Task WaitForChangesAsync(ContainerDefinition container, string? position, CancellationToken cancellationToken) =>
        Task.Delay(Pause, time, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> HasChangesAsync(ContainerDefinition container, string? position, CancellationToken cancellationToken) =>
        documents.HasChangesAsync(container, position, cancellationToken);

    /// <inheritdoc/>
    public string LeaseOf(string function) => $"{function} {connection.Name}";
}
