using System.Net;
using Microsoft.Azure.Cosmos;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Hosts.Adapters.Cosmos;

/// <content>Exact counters: mark and counter change in one transactional batch of the subject's partition.</content>
public sealed partial class CosmosDocumentStore
{
    /// <summary>A batch may hold 100 operations; one is the counters'.</summary>
    private const int MarksPerBatch = 90;

    /// <summary>A patch may hold ten operations.</summary>
    private const int CountersPerBatch = 10;

    private const int BatchAttempts = 20;

    /// <summary>Two writers met at one document, and the server made neither wait.</summary>
    private const HttpStatusCode RetryWith = (HttpStatusCode)449;

    /// <inheritdoc/>
    public async ValueTask TallyAsync(IReadOnlyCollection<Tally> tallies, CancellationToken cancellationToken)
    {
        foreach (var subject in tallies.GroupBy(tally => tally.SubjectId))
        {
            // The newest word on each fact is the only one that matters.
            var newest = subject.GroupBy(tally => tally.MarkId).Select(facts => facts.MaxBy(tally => tally.Revision)!);
            foreach (var chunk in newest.GroupBy(tally => tally.Counter).Chunk(CountersPerBatch).SelectMany(counters => counters.SelectMany(tally => tally).Chunk(MarksPerBatch)))
            {
                await TallyAsync(subject.Key, chunk, cancellationToken);
            }
        }
    }

    private async Task TallyAsync(string subjectId, Tally[] tallies, CancellationToken cancellationToken)
    {
        var container = connection.Container(StatsDocument.Container);
        if (tallies.All(tally => tally.Counts) && await TryCountNewAsync(container, subjectId, tallies, cancellationToken))
        {
            return;
        }

        for (var attempt = 0; attempt < BatchAttempts; attempt++)
        {
            var present = await ReadManyAsync(
                [DocumentKey.Of<StatsDocument>(subjectId, StatsDocument.CountersId), .. tallies.Select(tally => DocumentKey.Of<TallyMark>(subjectId, tally.MarkId))],
                cancellationToken);
            var batch = container.CreateTransactionalBatch(new PartitionKey(subjectId));
            var deltas = new Dictionary<string, long>();
            var news = tallies.Where(tally => present.Get<TallyMark>(subjectId, tally.MarkId) is not { } mark || mark.SourceRevision < tally.Revision).ToList();
            if (news.Count == 0)
            {
                return;
            }

            foreach (var tally in news)
            {
                AddMark(batch, tally, present.Get<TallyMark>(subjectId, tally.MarkId), deltas);
            }

            AddCounters(batch, subjectId, present.Get<StatsDocument>(subjectId, StatsDocument.CountersId), deltas);
            using var response = await batch.ExecuteAsync(cancellationToken);
            RequestCharge.Add(StatsDocument.Container.Name, "batch", response.RequestCharge);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                throw new StoreThrottledException(response.RetryAfter ?? TimeSpan.FromSeconds(1));
            }

            if (response.StatusCode is not (HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound or RetryWith))
            {
                throw new CosmosException(response.ErrorMessage, response.StatusCode, 0, response.ActivityId, response.RequestCharge);
            }

            // Somebody else counted for the same subject: those who lost must not all come back at the same moment.
            await Task.Delay(Random.Shared.Next(5, 20 * (attempt + 1)), cancellationToken);
        }

        throw new StoreThrottledException(TimeSpan.FromSeconds(1));
    }

    /// <summary>
    /// Counts facts as if none had ever been counted and the subject had counters, which is how it mostly is, without reading either first.
    /// </summary>
    /// <returns>Whether it was so; if not, nothing was changed.</returns>
    private static async Task<bool> TryCountNewAsync(Container container, string subjectId, Tally[] tallies, CancellationToken cancellationToken)
    {
        var batch = container.CreateTransactionalBatch(new PartitionKey(subjectId));
        var deltas = new Dictionary<string, long>();
        foreach (var tally in tallies)
        {
            AddMark(batch, tally, present: null, deltas);
        }

        AddIncrements(batch, deltas);
        using var response = await batch.ExecuteAsync(cancellationToken);
        RequestCharge.Add(StatsDocument.Container.Name, "batch", response.RequestCharge);
        return response.IsSuccessStatusCode;
    }

    private static void AddMark(TransactionalBatch batch, Tally tally, TallyMark? present, Dictionary<string, long> deltas)
    {
        var delta = (tally.Counts ? 1 : 0) - (present is { Counts: true } ? 1 : 0);
        deltas[tally.Counter] = deltas.GetValueOrDefault(tally.Counter) + delta;
        var mark = tally.ToMark() with { Revision = (present?.Revision ?? 0) + 1 };
        _ = present is null
            ? batch.CreateItem(mark)
            : batch.ReplaceItem(mark.Id, mark, new TransactionalBatchItemRequestOptions { IfMatchEtag = present.ETag });
    }

    private static void AddCounters(TransactionalBatch batch, string subjectId, StatsDocument? present, Dictionary<string, long> deltas)
    {
        if (present is null)
        {
            batch.CreateItem(new StatsDocument { Id = StatsDocument.CountersId, SubjectId = subjectId, Revision = 1, Counters = deltas });
            return;
        }

        AddIncrements(batch, deltas);
    }

    private static void AddIncrements(TransactionalBatch batch, Dictionary<string, long> deltas)
    {
        var changed = deltas.Where(delta => delta.Value != 0).ToList();
        if (changed.Count > 0)
        {
            batch.PatchItem(StatsDocument.CountersId, [.. changed.Select(delta => PatchOperation.Increment($"/counters/{delta.Key}", delta.Value))]);
        }
    }
}
