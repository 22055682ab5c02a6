using System.Reflection;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Accounts;

/// <summary>
/// Empties every partition that is the person's own, as the document types declare it; the profile last, because others' workers find things
/// by it.
/// </summary>
public sealed class ErasePartitions(IDocumentStore documents) : IErasureStep
{
    private static readonly IReadOnlyList<IOwnPartition> Own = [.. Declared().OrderBy(own => own.Container == ProfileDocument.Container).ThenBy(own => own.Container.Name, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Partitions;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        var index = after is null ? 0 : int.Parse(after, null);
        if (!person.IsFinal || index >= Own.Count)
        {
            return new(null);
        }

        var next = await Own[index].ErasePageAsync(documents, person, cancellationToken) ? index : index + 1;
        return new(next < Own.Count ? next.ToString(null, null) : null);
    }

    /// <summary>Each container once; the counters of the profile stand in a container whose other partitions are posts'.</summary>
    private static IEnumerable<IOwnPartition> Declared() =>
        typeof(ErasePartitions).Assembly.GetTypes()
            .Select(type => (Type: type, type.GetCustomAttribute<PersonalDataAttribute>()?.Belongs))
            .Where(entry => entry.Belongs is Belongs.ToProfile or Belongs.ToAccount)
            .Append((typeof(StatsDocument), Belongs.ToProfile))
            .Select(entry => (IOwnPartition)Activator.CreateInstance(typeof(OwnPartition<>).MakeGenericType(entry.Type), [entry.Belongs == Belongs.ToAccount])!)
            .DistinctBy(own => own.Container);

    private interface IOwnPartition
    {
        ContainerDefinition Container { get; }

        Task<bool> ErasePageAsync(IDocumentStore documents, ErasedPerson person, CancellationToken cancellationToken);
    }

    private sealed class OwnPartition<T>(bool ofAccount) : IOwnPartition
        where T : Document, IDocument<T>
    {
        public ContainerDefinition Container => T.Container;

        public Task<bool> ErasePageAsync(IDocumentStore documents, ErasedPerson person, CancellationToken cancellationToken) =>
            documents.ErasePageAsync<T>(ofAccount ? person.AccountId : person.ProfileId, cancellationToken);
    }
}
