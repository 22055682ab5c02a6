using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.ContractTests.Documents;

/// <summary>The change feed: every document in its newest version, in the order of its partition's writes, from any position again.</summary>
public abstract class ChangeFeedContract(DocumentStoreFixture fixture)
{
    private static CancellationToken None => CancellationToken.None;

    private string Owner { get; } = Guid.NewGuid().ToString("N");

    private IDocumentStore Store => fixture.Store;

    private NoteDocument Note(string id, string? text = null) => new() { Id = id, OwnerId = Owner, Text = text };

    private async Task<(List<NoteDocument> Mine, string? Position)> DrainAsync(string? position, int limit = 100)
    {
        var mine = new List<NoteDocument>();
        while (true)
        {
            var page = await fixture.Feed.ReadChangesAsync<NoteDocument>(position, limit, None);
            if (page.Documents.Count == 0)
            {
                Assert.Equal(position, page.Position);
                return (mine, position);
            }

            Assert.InRange(page.Documents.Count, 1, limit);
            mine.AddRange(page.Documents.Where(note => note.OwnerId == Owner));
            position = page.Position;
        }
    }

    [ContractFact]
    public async Task Changes_come_in_the_order_of_their_writes_and_once_per_position()
    {
        var (_, start) = await DrainAsync(null);
        foreach (var id in (string[])["c", "a", "b"])
        {
            await Store.CreateAsync(Note(id), None);
        }

        var (changes, end) = await DrainAsync(start, limit: 2);
        Assert.Equal(["c", "a", "b"], changes.Select(note => note.Id));
        Assert.All(changes, note => Assert.NotNull(note.ETag));
        Assert.Empty((await DrainAsync(end)).Mine);
    }

    [ContractFact]
    public async Task A_position_read_again_replays_what_follows_it()
    {
        var (_, start) = await DrainAsync(null);
        await Store.CreateAsync(Note("a"), None);
        var (_, middle) = await DrainAsync(start);
        await Store.CreateAsync(Note("b"), None);
        Assert.Equal(["b"], (await DrainAsync(middle)).Mine.Select(note => note.Id));
        Assert.Equal(["a", "b"], (await DrainAsync(start)).Mine.Select(note => note.Id));
        Assert.Equal(["a", "b"], (await DrainAsync(null)).Mine.Select(note => note.Id));
    }

    [ContractFact]
    public async Task A_document_written_several_times_shows_its_newest_version_at_the_place_of_its_last_write()
    {
        var (_, start) = await DrainAsync(null);
        await Store.CreateAsync(Note("a", "1"), None);
        await Store.CreateAsync(Note("b"), None);
        await Store.UpdateAsync<NoteDocument>(Owner, "a", note => note with { Text = "2" }, None);
        await Store.UpdateAsync<NoteDocument>(Owner, "a", note => note with { Text = "3" }, None);
        var (changes, _) = await DrainAsync(start);
        Assert.Equal([("b", null), ("a", "3")], changes.Select(note => (note.Id, note.Text)));
        Assert.Equal(3, changes[1].Revision);
    }

    [ContractFact]
    public async Task Upserts_are_changes_and_deletes_are_not()
    {
        var (_, start) = await DrainAsync(null);
        await Store.UpsertManyAsync([Note("a"), Note("b")], None);
        await Store.DeleteAsync<NoteDocument>(Owner, "a", None);
        Assert.Equal(["b"], (await DrainAsync(start)).Mine.Select(note => note.Id));
    }

    [ContractFact]
    public async Task A_reader_that_follows_while_many_write_misses_nothing()
    {
        var (_, position) = await DrainAsync(null);
        var seen = new Dictionary<string, long>();
        var writers = Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await Store.CreateAsync(Note($"{writer}.{i}"), None);
                await Store.UpdateAsync<NoteDocument>(Owner, $"{writer}.{i}", note => note with { Text = "done" }, None);
            }
        })));

        while (true)
        {
            var complete = writers.IsCompleted;
            (var changes, position) = await DrainAsync(position, limit: 20);
            foreach (var note in changes)
            {
                Assert.True(note.Revision >= seen.GetValueOrDefault(note.Id), "a newer version came before an older one");
                seen[note.Id] = note.Revision;
            }

            if (complete)
            {
                break;
            }

            await Task.Yield();
        }

        await writers;
        Assert.Equal(400, seen.Count);
        Assert.All(seen.Values, revision => Assert.Equal(2, revision));
    }
}
