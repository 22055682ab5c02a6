using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Documents;

/// <summary>Searches, as every store must carry them out.</summary>
public abstract class SearchContract(DocumentStoreFixture fixture)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Mark of this test's own documents, so that tests can share a store.</summary>
    private readonly string own = $"o{Guid.NewGuid():N}";

    [ContractFact]
    public async Task Words_phrases_and_marks_are_found_the_newest_first()
    {
        var (a, b, c) = (await AddAsync(0, "zebra at the waterhole", "lde"), await AddAsync(1, "lion at the waterhole", "len"), await AddAsync(2, "at waterhole the lion zebra", "lde", "t日本"));
        Assert.Equal([c, b, a], await FindAsync(Word("waterhole")));
        Assert.Equal([c, a], await FindAsync(Word("zebra")));
        Assert.Equal([c], await FindAsync(Word("zebra"), Word("lion")));
        Assert.Equal([b, a], await FindAsync(Word("the waterhole")));
        Assert.Equal([c, b, a], await FindAsync(new SearchTerm(["lion", "zebra"])));
        Assert.Equal([c], await FindAsync(SearchTerm.Mark("t日本")));
        Assert.Equal([c, a], await FindAsync(SearchTerm.Mark("lde")));
        Assert.Equal([b], await FindAsync(new IndexQuery([Word("waterhole"), SearchTerm.Mark(own)], 10) { None = [Word("zebra")] }));
        Assert.Equal([b], await FindAsync(new IndexQuery([SearchTerm.Mark(own)], 10) { None = [SearchTerm.Mark("lde"), Word("nothing")] }));
        Assert.Empty(await FindAsync(Word("zeb")));
        Assert.Empty(await FindAsync(Word("lde")));
        Assert.Empty(await FindAsync(SearchTerm.Mark("zebra")));
    }

    [ContractFact]
    public async Task Pages_and_times_bound_what_is_found()
    {
        var ids = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            ids.Insert(0, await AddAsync(i, "leaf"));
        }

        var first = await fixture.Index.FindAsync<LeafDocument>(Query(4), default);
        var second = await fixture.Index.FindAsync<LeafDocument>(Query(4) with { After = first[^1].Position }, default);
        Assert.Equal(ids, first.Concat(second).Select(found => found.Id));
        Assert.Equal(ids[1..5], await FindAsync(Query(10) with { From = Ids.Lowest(Start.AddMinutes(2)), To = Ids.Lowest(Start.AddMinutes(6)) }));
        var best = await fixture.Index.FindAsync<LeafDocument>(Query(4) with { ByRelevance = true }, default);
        var others = await fixture.Index.FindAsync<LeafDocument>(Query(4) with { ByRelevance = true, After = best[^1].Position }, default);
        Assert.Equal(ids.Order(), best.Concat(others).Select(found => found.Id).Order());

        IndexQuery Query(int limit) => new([Word("leaf"), SearchTerm.Mark(own)], limit);
    }

    [ContractFact]
    public async Task What_is_written_anew_or_deleted_is_found_as_it_is_now()
    {
        var id = await AddAsync(0, "zebra", "lde");
        await PutAsync(0, id, "lion", "len");
        Assert.Empty(await FindAsync(Word("zebra")));
        Assert.Empty(await FindAsync(SearchTerm.Mark("lde")));
        Assert.Equal([id], await FindAsync(Word("lion"), SearchTerm.Mark("len")));

        var read = (await fixture.Store.ReadAsync<LeafDocument>(own, id, default)).Document!;
        Assert.True((await fixture.Store.ReplaceAsync(read with { Text = "leopard" }, default)).IsDone);
        Assert.Empty(await FindAsync(Word("lion")));
        Assert.Equal([id], await FindAsync(Word("leopard")));

        await fixture.Store.DeleteAsync<LeafDocument>(own, id, default);
        Assert.Empty(await FindAsync(Word("leopard")));
        Assert.Empty(await FindAsync(new IndexQuery([SearchTerm.Mark(own)], 10)));
        await PutAsync(0, id, "lynx");
        Assert.Equal([id], await FindAsync(Word("lynx")));
    }

    [ContractFact]
    public async Task A_container_that_is_not_searchable_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await fixture.Index.FindAsync<UnsearchableDocument>(new([Word("a")], 1), default));

    private static SearchTerm Word(string phrase) => new([phrase]);

    private async Task<string> AddAsync(int minute, string text, params string[] marks)
    {
        var id = OwnedIds.Make(Ids.New(Start.AddMinutes(minute)), own[1..]);
        await PutAsync(minute, id, text, marks);
        return id;
    }

    private ValueTask PutAsync(int minute, string id, string text, params string[] marks) =>
        fixture.Store.UpsertManyAsync([new LeafDocument { Id = id, OwnerId = own, Text = text, Marks = [own, .. marks], At = Start.AddMinutes(minute).ToUnixTimeMilliseconds() }], default);

    private Task<IEnumerable<string>> FindAsync(params SearchTerm[] terms) => FindAsync(new IndexQuery([.. terms, SearchTerm.Mark(own)], 10));

    private async Task<IEnumerable<string>> FindAsync(IndexQuery query) => (await fixture.Index.FindAsync<LeafDocument>(query, default)).Select(found => found.Id);
}
