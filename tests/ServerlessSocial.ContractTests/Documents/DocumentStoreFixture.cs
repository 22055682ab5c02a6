using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Documents;

/// <summary>What an adapter brings to the contract: derive one per store.</summary>
public abstract class DocumentStoreFixture : IAsyncLifetime
{
    public abstract IDocumentStore Store { get; }

    /// <summary>The change feed, which each store tells in its own way.</summary>
    public abstract IChangeFeed Feed { get; }

    /// <summary>The index, which each store keeps in its own way.</summary>
    public abstract ISearchIndex Index { get; }

    /// <summary>Lets time pass for the store: moves its clock, or waits.</summary>
    public abstract Task PassAsync(TimeSpan passing);

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();
}
