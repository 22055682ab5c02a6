using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Documents;

/// <summary>Point operations, as every document store must carry them out.</summary>
public abstract class DocumentStoreContract(DocumentStoreFixture fixture)
{
    protected static CancellationToken None => CancellationToken.None;

    /// <summary>A partition of this test's own, so that tests can share a store.</summary>
    protected string Owner { get; } = Guid.NewGuid().ToString("N");

    protected IDocumentStore Store => fixture.Store;

    protected NoteDocument Note(string id, string? text = null) => new() { Id = id, OwnerId = Owner, Text = text };

    [ContractFact]
    public async Task Create_then_read_returns_the_same_document()
    {
        var note = Note("a", "Grüße, 世界 🌍 \"quoted\" <b>") with
        {
            Kind = NoteKind.VeryImportant,
            Tags = ["x", "y"],
            When = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero),
            SchemaVersion = 3,
        };

        var created = await Store.CreateAsync(note, None);
        var read = await Store.ReadAsync<NoteDocument>(Owner, "a", None);

        Assert.Equal(StoreStatus.Done, created.Status);
        Assert.Equal(1, created.Document!.Revision);
        Assert.NotNull(created.Document.ETag);
        Assert.Equivalent(created.Document, read.Document);
        Assert.Equal(note.Text, read.Document!.Text);
        Assert.Equal(note.Tags, read.Document.Tags);
        Assert.Equal((note.Kind, note.When, 3), (read.Document.Kind, read.Document.When, read.Document.SchemaVersion));
    }

    [ContractFact]
    public async Task Read_of_a_missing_document_says_so_until_it_is_created()
    {
        Assert.Equal(StoreStatus.NotFound, (await Store.ReadAsync<NoteDocument>(Owner, "late", None)).Status);
        await Store.CreateAsync(Note("late"), None);
        Assert.True((await Store.ReadAsync<NoteDocument>(Owner, "late", None)).IsDone);
    }

    [ContractFact]
    public async Task Create_with_a_taken_id_conflicts_and_changes_nothing()
    {
        await Store.CreateAsync(Note("a", "first"), None);
        var second = await Store.CreateAsync(Note("a", "second"), None);

        Assert.Equal(StoreStatus.Conflict, second.Status);
        Assert.Null(second.Document);
        Assert.Equal("first", (await Store.FindAsync<NoteDocument>(Owner, "a", None))!.Text);
    }

    [ContractFact]
    public async Task The_same_id_in_another_partition_is_another_document()
    {
        await Store.CreateAsync(Note("a", "mine"), None);
        var other = Note("a", "theirs") with { OwnerId = Owner + "-other" };
        Assert.True((await Store.CreateAsync(other, None)).IsDone);
        Assert.Equal("mine", (await Store.FindAsync<NoteDocument>(Owner, "a", None))!.Text);
        Assert.Equal("theirs", (await Store.FindAsync<NoteDocument>(Owner + "-other", "a", None))!.Text);
    }

    [ContractFact]
    public async Task Of_a_hundred_concurrent_creates_exactly_one_wins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () => await Store.CreateAsync(Note("race", $"{i}"), None))));

        var winner = Assert.Single(results, result => result.IsDone);
        Assert.Equal(99, results.Count(result => result.Status == StoreStatus.Conflict));
        Assert.Equal(winner.Document!.Text, (await Store.FindAsync<NoteDocument>(Owner, "race", None))!.Text);
    }

    [ContractFact]
    public async Task Replace_under_the_etag_read_raises_the_revision()
    {
        await Store.CreateAsync(Note("a", "one"), None);
        var read = await Store.FindAsync<NoteDocument>(Owner, "a", None);
        var replaced = await Store.ReplaceAsync(read! with { Text = "two" }, None);
        var again = await Store.ReplaceAsync(replaced.Document! with { Text = "three" }, None);

        Assert.Equal(2, replaced.Document!.Revision);
        Assert.NotEqual(read!.ETag, replaced.Document.ETag);
        Assert.Equal(3, again.Document!.Revision);
        Assert.Equivalent(again.Document, await Store.FindAsync<NoteDocument>(Owner, "a", None));
    }

    [ContractFact]
    public async Task Replace_under_an_old_etag_fails_and_changes_nothing()
    {
        var first = (await Store.CreateAsync(Note("a", "one"), None)).Document!;
        await Store.ReplaceAsync(first with { Text = "two" }, None);

        Assert.Equal(StoreStatus.PreconditionFailed, (await Store.ReplaceAsync(first with { Text = "three" }, None)).Status);
        Assert.Equal("two", (await Store.FindAsync<NoteDocument>(Owner, "a", None))!.Text);
    }

    [ContractFact]
    public async Task Replace_of_a_missing_document_is_not_found()
    {
        var gone = (await Store.CreateAsync(Note("a"), None)).Document!;
        await Store.DeleteAsync<NoteDocument>(Owner, "a", None);
        Assert.Equal(StoreStatus.NotFound, (await Store.ReplaceAsync(gone, None)).Status);
    }

    [ContractFact]
    public async Task An_etag_does_not_fit_a_document_created_again_under_the_same_id()
    {
        var first = (await Store.CreateAsync(Note("a", "first life"), None)).Document!;
        await Store.DeleteAsync<NoteDocument>(Owner, "a", None);
        await Store.CreateAsync(Note("a", "second life"), None);
        Assert.Equal(StoreStatus.PreconditionFailed, (await Store.ReplaceAsync(first, None)).Status);
    }

    [ContractFact]
    public async Task Of_concurrent_replaces_under_one_etag_exactly_one_wins()
    {
        var origin = (await Store.CreateAsync(Note("race"), None)).Document!;
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () => await Store.ReplaceAsync(origin with { Text = $"{i}" }, None))));

        var winner = Assert.Single(results, result => result.IsDone);
        Assert.Equal(49, results.Count(result => result.Status == StoreStatus.PreconditionFailed));
        Assert.Equal(winner.Document!.Text, (await Store.FindAsync<NoteDocument>(Owner, "race", None))!.Text);
    }

    [ContractFact]
    public async Task Concurrent_updates_that_retry_lose_no_change()
    {
        await Store.CreateAsync(Note("list"), None);
        // Four times five: nobody can lose more than fifteen times, fewer than the attempts UpdateAsync makes.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                var tag = $"{worker}.{i}";
                await Store.UpdateAsync<NoteDocument>(Owner, "list", note => note with { Tags = [.. note.Tags, tag] }, None);
            }
        })));

        var note = await Store.FindAsync<NoteDocument>(Owner, "list", None);
        Assert.Equal(20, note!.Tags.Distinct().Count());
        Assert.Equal(21, note.Revision);
    }

    [ContractFact]
    public async Task Delete_removes_a_document_and_a_missing_one_counts_as_done()
    {
        await Store.CreateAsync(Note("a"), None);
        Assert.True((await Store.DeleteAsync<NoteDocument>(Owner, "a", None)).IsDone);
        Assert.Null(await Store.FindAsync<NoteDocument>(Owner, "a", None));
        Assert.True((await Store.DeleteAsync<NoteDocument>(Owner, "a", None)).IsDone);
        Assert.True((await Store.CreateAsync(Note("a", "again"), None)).IsDone);
    }

    [ContractTheory]
    [InlineData("übergröße")]
    [InlineData("世界")]
    [InlineData("emoji-🌍")]
    [InlineData("like:0197f.0198a")]
    [InlineData("it's \"quoted\"")]
    public async Task Ids_may_hold_any_language(string id)
    {
        await Store.CreateAsync(Note(id, "here"), None);
        Assert.Equal("here", (await Store.FindAsync<NoteDocument>(Owner, id, None))!.Text);
        var page = await Store.QueryAsync<NoteDocument>(new(Owner, 10) { From = id }, None);
        Assert.Contains(page.Items, note => note.Id == id);
        var many = await Store.ReadManyAsync([DocumentKey.Of<NoteDocument>(Owner, id)], None);
        Assert.Equal("here", many.Get<NoteDocument>(Owner, id)!.Text);
    }

    [ContractFact]
    public async Task A_read_that_begins_after_a_write_was_acknowledged_sees_it()
    {
        await Store.CreateAsync(Note("live", "0"), None);
        using var stop = new CancellationTokenSource();
        var acknowledged = 0;
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var atLeast = Volatile.Read(ref acknowledged);
                Assert.InRange(int.Parse((await Store.FindAsync<NoteDocument>(Owner, "live", None))!.Text!, null), atLeast, int.MaxValue);
                var page = await Store.QueryAsync<NoteDocument>(new(Owner, 1), None);
                Assert.InRange(int.Parse(page.Items[0].Text!, null), atLeast, int.MaxValue);
                await Task.Yield();
            }
        })).ToArray();

        for (var i = 1; i <= 200; i++)
        {
            // Both ways of writing: under the ETag, and whole.
            if (i % 3 == 0)
            {
                await Store.UpsertManyAsync([Note("live", $"{i}")], None);
            }
            else
            {
                await Store.UpdateAsync<NoteDocument>(Owner, "live", note => note with { Text = $"{i}" }, None);
            }

            Volatile.Write(ref acknowledged, i);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }
}
