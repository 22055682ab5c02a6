using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Documents;

/// <summary>Exact counters: each fact counts once, however often and in whatever order it is told.</summary>
public abstract class TallyContract(DocumentStoreFixture fixture)
{
    private static CancellationToken None => CancellationToken.None;

    private IDocumentStore Store => fixture.Store;

    private string Subject { get; } = Guid.NewGuid().ToString("N");

    private async Task<long> LikesAsync() =>
        (await Store.FindAsync<StatsDocument>(Subject, StatsDocument.CountersId, None))?["likes"] ?? 0;

    private Tally Like(string who, bool counts = true, long revision = 1) => new(Subject, "likes", who, counts, revision);

    [ContractFact]
    public async Task A_fact_told_again_counts_once()
    {
        await Store.TallyAsync([Like("ann")], None);
        await Store.TallyAsync([Like("ann")], None);
        await Store.TallyAsync([Like("ann"), Like("ann", revision: 2), Like("bob")], None);
        Assert.Equal(2, await LikesAsync());
    }

    [ContractFact]
    public async Task A_fact_that_no_longer_holds_is_taken_back()
    {
        await Store.TallyAsync([Like("ann"), Like("bob")], None);
        await Store.TallyAsync([Like("ann", counts: false, revision: 2)], None);
        Assert.Equal(1, await LikesAsync());
        await Store.TallyAsync([Like("ann", revision: 3)], None);
        Assert.Equal(2, await LikesAsync());
    }

    [ContractFact]
    public async Task Older_words_than_the_newest_are_ignored()
    {
        await Store.TallyAsync([Like("ann", counts: false, revision: 4)], None);
        await Store.TallyAsync([Like("ann", counts: true, revision: 3)], None);
        Assert.Equal(0, await LikesAsync());
        await Store.TallyAsync([Like("ann", counts: true, revision: 5)], None);
        await Store.TallyAsync([Like("ann", counts: false, revision: 5)], None);
        Assert.Equal(1, await LikesAsync());
    }

    [ContractFact]
    public async Task Counters_and_subjects_are_counted_apart()
    {
        var other = Subject + "-other";
        await Store.TallyAsync([Like("ann"), new(Subject, "boosts", "ann", true, 1), new(other, "likes", "ann", true, 1)], None);
        var stats = await Store.FindAsync<StatsDocument>(Subject, StatsDocument.CountersId, None);
        Assert.Equal((1, 1, 0), (stats!["likes"], stats["boosts"], stats["replies"]));
        Assert.Equal(1, (await Store.FindAsync<StatsDocument>(other, StatsDocument.CountersId, None))!["likes"]);
        Assert.Null(await Store.FindAsync<StatsDocument>(Subject + "-never", StatsDocument.CountersId, None));
    }

    [ContractFact]
    public async Task Concurrent_repeats_count_exactly_once()
    {
        var random = new Random(7);
        var tellings = Enumerable.Range(0, 40).SelectMany(who => Enumerable.Range(1, 5).Select(revision => Like($"{who}", counts: revision % 2 == 1, revision)))
            .SelectMany(tally => new[] { tally, tally }).OrderBy(_ => random.Next()).ToArray();
        await Task.WhenAll(tellings.Chunk(7).Select(chunk => Task.Run(async () => await Store.TallyAsync(chunk, None))));
        Assert.Equal(40, await LikesAsync());
    }

    [ContractFact]
    public async Task The_mark_remembers_the_newest_word()
    {
        await Store.TallyAsync([Like("ann", revision: 9)], None);
        var mark = await Store.FindAsync<TallyMark>(Subject, Like("ann").MarkId, None);
        Assert.Equal((true, 9L), (mark!.Counts, mark.SourceRevision));
        await Store.TallyAsync([Like("ann", counts: false, revision: 10)], None);
        mark = await Store.FindAsync<TallyMark>(Subject, Like("ann").MarkId, None);
        Assert.Equal((false, 10L), (mark!.Counts, mark.SourceRevision));
    }

    [ContractFact]
    public async Task Many_facts_in_one_call_are_all_counted()
    {
        await Store.TallyAsync([.. Enumerable.Range(0, 1_000).Select(i => Like($"{i}"))], None);
        Assert.Equal(1_000, await LikesAsync());
    }
}
