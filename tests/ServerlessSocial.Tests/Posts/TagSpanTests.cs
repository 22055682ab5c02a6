using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Tests.Posts;

public sealed class TagSpanTests
{
    [Fact]
    public async Task A_tag_lists_newest_first_over_all_its_spans_and_what_is_deleted_leaves_them()
    {
        await using var host = await TestHost.StartAsync();
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var anna = await host.SignUpAsync("anna");
        var ids = new List<string>();
        for (var span = 0; span < 3; span++)
        {
            for (var i = 0; i < 3; i++)
            {
                ids.Insert(0, (await anna.PostAsync($"Day {i} #weather")).Id());
                await host.SettleAsync();
            }

            var start = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 1;
            await Task.Delay(5);
            await documents.UpdateAsync<TagSpansDocument>("weather", TagSpansDocument.SpansId, found => found with { Starts = [.. found.Starts, start] }, default);
        }

        foreach (var limit in (int[])[1, 2, 4, 9, 20])
        {
            Assert.Equal(ids, await host.Anonymous.ListAsync("tags/weather", limit));
        }

        var spans = (await documents.FindAsync<TagSpansDocument>("weather", TagSpansDocument.SpansId, default))!;
        Assert.Equal("3 3 3 0", await CountsAsync());

        await anna.DeleteAsync($"posts/{ids[4]}");
        await anna.DeleteAsync($"posts/{ids[8]}");
        await host.SettleAsync();
        Assert.Equal(ids.Where((_, i) => i is not (4 or 8)), await host.Anonymous.ListAsync("tags/weather", 3));
        Assert.Equal("2 2 3 0", await CountsAsync());

        async Task<string> CountsAsync() =>
            string.Join(' ', await Task.WhenAll(spans.Starts.Select(start => $"weather@{start}").Prepend("weather").Select(CountAsync)));

        async Task<int> CountAsync(string partition) =>
            (await documents.QueryAsync<TagEntry>(new DocumentQuery(partition, 100) { From = Ids.First, To = Ids.End }, default)).Items.Count;
    }

    [Fact]
    public async Task A_new_span_is_begun_when_the_last_is_old_enough()
    {
        await using var host = await TestHost.StartAsync(["Tags:SpanDays=10"]);
        var documents = host.Services.GetRequiredService<IDocumentStore>();
        var anna = await host.SignUpAsync("anna");
        var now = TimeProvider.System.GetUtcNow();
        await documents.CreateAsync(new TagSpansDocument { Id = TagSpansDocument.SpansId, Tag = "weather", OpenedAt = now.AddDays(-11) }, default);

        await anna.PostAsync("Rain #weather");
        await host.SettleAsync();
        await anna.PostAsync("Snow #weather");
        await host.SettleAsync();

        var start = Assert.Single((await documents.FindAsync<TagSpansDocument>("weather", TagSpansDocument.SpansId, default))!.Starts);
        Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds(start), now, now.AddMinutes(5));
        Assert.Equal(2, (await host.Anonymous.ListAsync("tags/weather")).Count);
    }
}
