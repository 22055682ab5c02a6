using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Documents;

/// <summary>Queries, batches and time to live, as every document store must carry them out.</summary>
public abstract class DocumentBatchContract(DocumentStoreFixture fixture)
{
    protected static CancellationToken None => CancellationToken.None;

    protected string Owner { get; } = Guid.NewGuid().ToString("N");

    protected IDocumentStore Store => fixture.Store;

    private static string[] Texts(DocumentPage<NoteDocument> page) => [.. page.Items.Select(note => note.Id)];

    private Task WriteAsync(params string[] ids) =>
        Store.UpsertManyAsync(ids.Select(id => new NoteDocument { Id = id, OwnerId = Owner }).ToArray(), None).AsTask();

    [ContractFact]
    public async Task Query_lists_by_the_order_of_the_container_within_a_group()
    {
        foreach (var (id, text) in new[] { ("a", "3"), ("b", "1"), ("c", null), ("d", "4"), ("e", "2") })
        {
            await Store.CreateAsync(new NoteDocument { Id = id, OwnerId = Owner, Text = text, Kind = NoteKind.VeryImportant }, None);
        }

        await Store.CreateAsync(new NoteDocument { Id = "f", OwnerId = Owner, Text = "0" }, None);
        var query = new DocumentQuery(Owner, 2) { IsOrdered = true, Group = "veryImportant" };
        var first = await Store.QueryAsync<NoteDocument>(query, None);
        Assert.Equal(["1", "2"], Keys(first));
        Assert.Equal("2", first.Next);
        Assert.Equal(["3", "4"], Keys(await Store.QueryAsync<NoteDocument>(query.After(first.Next), None)));
        Assert.Equal(["4", "3"], Keys(await Store.QueryAsync<NoteDocument>(query with { Descending = true }, None)));
        Assert.Equal(["2", "1"], Keys(await Store.QueryAsync<NoteDocument>((query with { Descending = true }).After("3"), None)));
        Assert.Equal(["0"], Keys(await Store.QueryAsync<NoteDocument>(query with { Group = "plain" }, None)));

        await Store.UpdateAsync<NoteDocument>(Owner, "b", note => note with { Text = "5" }, None);
        Assert.Equal(["5", "4"], Keys(await Store.QueryAsync<NoteDocument>(query with { Descending = true }, None)));

        static string[] Keys(DocumentPage<NoteDocument> page) => [.. page.Items.Select(note => note.OrderKey!)];
    }

    [ContractFact]
    public async Task Query_keeps_to_partition_range_and_order()
    {
        await WriteAsync("a", "b", "b1", "c", "d");
        await Store.CreateAsync(new NoteDocument { Id = "bb", OwnerId = Owner + "-other" }, None);

        Assert.Equal(["a", "b", "b1", "c", "d"], Texts(await Store.QueryAsync<NoteDocument>(new(Owner, 10), None)));
        Assert.Equal(["d", "c", "b1", "b", "a"], Texts(await Store.QueryAsync<NoteDocument>(new(Owner, 10) { Descending = true }, None)));
        Assert.Equal(["b", "b1"], Texts(await Store.QueryAsync<NoteDocument>(new(Owner, 10) { From = "b", To = "c" }, None)));
        Assert.Equal(["b1", "b"], Texts(await Store.QueryAsync<NoteDocument>(new(Owner, 10) { From = "b", To = "c", Descending = true }, None)));
        Assert.Equal(["b", "b1"], Texts(await Store.QueryAsync<NoteDocument>(new DocumentQuery(Owner, 10).WithPrefix("b"), None)));
        Assert.Empty((await Store.QueryAsync<NoteDocument>(new("nobody", 10), None)).Items);
        Assert.Empty((await Store.QueryAsync<NoteDocument>(new(Owner, 10) { From = "x" }, None)).Items);
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Paging_meets_every_document_once(bool descending)
    {
        var ids = Enumerable.Range(0, 25).Select(i => $"{i:d3}").ToArray();
        await WriteAsync(ids);

        var seen = new List<string>();
        var pages = 0;
        for (string? after = null; ;)
        {
            var page = await Store.QueryAsync<NoteDocument>(new DocumentQuery(Owner, 5) { Descending = descending }.After(after), None);
            seen.AddRange(Texts(page));
            pages++;
            if ((after = page.Next) is null)
            {
                Assert.False(page.HasMore);
                break;
            }
        }

        Assert.Equal(descending ? ids.Reverse() : ids, seen);
        Assert.Equal(5, pages);
    }

    [ContractFact]
    public async Task A_repeated_query_sees_what_was_written_in_between()
    {
        var query = new DocumentQuery(Owner, 3) { Descending = true };
        await WriteAsync("1", "2", "3");
        Assert.Equal(["3", "2", "1"], Texts(await Store.QueryAsync<NoteDocument>(query, None)));
        await WriteAsync("4");
        Assert.Equal(["4", "3", "2"], Texts(await Store.QueryAsync<NoteDocument>(query, None)));
        await Store.DeleteAsync<NoteDocument>(Owner, "3", None);
        Assert.Equal(["4", "2", "1"], Texts(await Store.QueryAsync<NoteDocument>(query, None)));
        await Store.CreateAsync(new NoteDocument { Id = "5", OwnerId = Owner }, None);
        Assert.Equal(["5", "4", "2"], Texts(await Store.QueryAsync<NoteDocument>(query, None)));
        await Store.UpdateAsync<NoteDocument>(Owner, "5", note => note with { Text = "changed" }, None);
        Assert.Equal("changed", (await Store.QueryAsync<NoteDocument>(query, None)).Items[0].Text);
    }

    [ContractTheory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task Query_with_a_limit_out_of_range_is_refused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.QueryAsync<NoteDocument>(new(Owner, limit), None));

    [ContractFact]
    public async Task Documents_of_a_query_can_be_replaced_under_their_etags()
    {
        await WriteAsync("a");
        var page = await Store.QueryAsync<NoteDocument>(new(Owner, 1), None);
        Assert.True((await Store.ReplaceAsync(page.Items[0] with { Text = "new" }, None)).IsDone);
    }

    [ContractFact]
    public async Task Read_many_spans_containers_and_leaves_missing_ones_out()
    {
        await WriteAsync("a", "b");
        await Store.UpsertManyAsync([new LastingDocument { Id = "w", OwnerId = Owner, Weight = 7, Ttl = -1 }], None);
        DocumentKey[] keys =
        [
            DocumentKey.Of<NoteDocument>(Owner, "a"), DocumentKey.Of<NoteDocument>(Owner, "b"), DocumentKey.Of<NoteDocument>(Owner, "missing"),
            DocumentKey.Of<LastingDocument>(Owner, "w"), DocumentKey.Of<LastingDocument>("nobody", "w"), DocumentKey.Of<NoteDocument>(Owner, "a"),
        ];

        for (var round = 0; round < 2; round++)
        {
            var set = await Store.ReadManyAsync(keys, None);
            Assert.Equal(3, set.Count);
            Assert.NotNull(set.Get<NoteDocument>(Owner, "a")!.ETag);
            Assert.Equal(7, set.Get<LastingDocument>(Owner, "w")!.Weight);
            Assert.Null(set.Get<NoteDocument>(Owner, "missing"));
        }

        await WriteAsync("missing");
        Assert.Equal(4, (await Store.ReadManyAsync(keys, None)).Count);
    }

    [ContractFact]
    public async Task Read_many_of_nothing_finds_nothing() => Assert.Equal(0, (await Store.ReadManyAsync([], None)).Count);

    [ContractFact]
    public async Task Upsert_many_writes_thousands_whether_they_exist_or_not()
    {
        var old = (await Store.CreateAsync(new NoteDocument { Id = "00042", OwnerId = Owner, Text = "old" }, None)).Document!;
        var documents = Enumerable.Range(0, 5_000).Select(i => new NoteDocument { Id = $"{i:d5}", OwnerId = i % 2 == 0 ? Owner : Owner + i, Text = $"{i}" }).ToArray();
        await Store.UpsertManyAsync(documents, None);

        var all = new List<NoteDocument>();
        await foreach (var note in Store.QueryAllAsync<NoteDocument>(new(Owner, 1000), None))
        {
            all.Add(note);
        }

        Assert.Equal(2_500, all.Count);
        Assert.All(all, note => Assert.Equal(1, note.Revision));
        Assert.Equal("42", (await Store.FindAsync<NoteDocument>(Owner, "00042", None))!.Text);
        Assert.Equal("4999", (await Store.FindAsync<NoteDocument>(Owner + 4999, "04999", None))!.Text);
        Assert.Equal(StoreStatus.PreconditionFailed, (await Store.ReplaceAsync(old, None)).Status);
    }

    [ContractFact]
    public async Task Upsert_many_keeps_the_revision_it_is_given()
    {
        await Store.UpsertManyAsync([new NoteDocument { Id = "a", OwnerId = Owner, Revision = 7 }], None);
        Assert.Equal(7, (await Store.FindAsync<NoteDocument>(Owner, "a", None))!.Revision);
        Assert.Equal(8, (await Store.UpdateAsync<NoteDocument>(Owner, "a", note => note with { Text = "x" }, None))!.Revision);
    }

    [ContractFact]
    public async Task Delete_many_spans_containers_and_ignores_missing_ones()
    {
        await WriteAsync([.. Enumerable.Range(0, 300).Select(i => $"{i:d3}")]);
        await Store.UpsertManyAsync([new LastingDocument { Id = "w", OwnerId = Owner, Ttl = -1 }], None);
        var keys = Enumerable.Range(0, 299).Select(i => DocumentKey.Of<NoteDocument>(Owner, $"{i:d3}"))
            .Append(DocumentKey.Of<LastingDocument>(Owner, "w")).Append(DocumentKey.Of<NoteDocument>(Owner, "missing")).ToArray();
        await Store.DeleteManyAsync(keys, None);

        Assert.Equal(["299"], Texts(await Store.QueryAsync<NoteDocument>(new(Owner, 10), None)));
        Assert.Null(await Store.FindAsync<LastingDocument>(Owner, "w", None));
    }

    [ContractFact]
    public async Task A_document_disappears_when_its_time_to_live_is_over()
    {
        await Store.CreateAsync(new FleetingDocument { Id = "default", OwnerId = Owner }, None);
        await Store.CreateAsync(new FleetingDocument { Id = "longer", OwnerId = Owner, Ttl = 600 }, None);
        await Store.CreateAsync(new LastingDocument { Id = "never", OwnerId = Owner, Ttl = -1 }, None);
        var keys = new[] { DocumentKey.Of<FleetingDocument>(Owner, "default"), DocumentKey.Of<LastingDocument>(Owner, "never") };
        Assert.Equal(3, (await Store.QueryAsync<FleetingDocument>(new(Owner, 10), None)).Items.Count);
        Assert.Equal(2, (await Store.ReadManyAsync(keys, None)).Count);

        await fixture.PassAsync(TimeSpan.FromSeconds(3));

        Assert.Null(await Store.FindAsync<FleetingDocument>(Owner, "default", None));
        Assert.NotNull(await Store.FindAsync<FleetingDocument>(Owner, "longer", None));
        Assert.Equal(["longer", "never"], (await Store.QueryAsync<FleetingDocument>(new(Owner, 10), None)).Items.Select(document => document.Id));
        Assert.Equal(1, (await Store.ReadManyAsync(keys, None)).Count);
        Assert.True((await Store.CreateAsync(new FleetingDocument { Id = "default", OwnerId = Owner }, None)).IsDone);
        Assert.NotNull(await Store.FindAsync<FleetingDocument>(Owner, "default", None));
    }

    [ContractFact]
    public async Task A_write_gives_a_document_its_time_to_live_again()
    {
        var first = (await Store.CreateAsync(new FleetingDocument { Id = "a", OwnerId = Owner, Ttl = 5 }, None)).Document!;
        await fixture.PassAsync(TimeSpan.FromSeconds(3));
        await Store.ReplaceAsync(first, None);
        await fixture.PassAsync(TimeSpan.FromSeconds(3));
        var still = await Store.FindAsync<FleetingDocument>(Owner, "a", None);
        Assert.Equal(2, still!.Revision);
        await fixture.PassAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(StoreStatus.NotFound, (await Store.ReplaceAsync(still, None)).Status);
    }
}
