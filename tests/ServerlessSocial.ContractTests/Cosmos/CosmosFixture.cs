using ServerlessSocial.ContractTests.Documents;
using ServerlessSocial.Hosts.Adapters.Cosmos;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>The document store over the real SDK, in a database of the suite's own.</summary>
public sealed class CosmosFixture(CosmosServer server) : DocumentStoreFixture
{
    private CosmosConnection? connection;
    private CosmosDocumentStore? store;

    /// <inheritdoc/>
    public override IDocumentStore Store => store!;

    /// <inheritdoc/>
    public override IChangeFeed Feed => store!;

    /// <inheritdoc/>
    public override ISearchIndex Index => store!;

    /// <inheritdoc/>
    public override Task PassAsync(TimeSpan passing) => Task.Delay(passing);

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        if (new NeedsCosmosAttribute().Lacking(string.Empty) is not null)
        {
            return;
        }

        connection = server.Connect();
        store = new(connection);
        await connection.PrepareAsync([NoteDocument.Container, FleetingDocument.Container, LeafDocument.Container, StatsDocument.Container], CancellationToken.None);
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        if (connection is not null)
        {
            await connection.Container(NoteDocument.Container).Database.DeleteAsync();
            connection.Dispose();
        }
    }
}
