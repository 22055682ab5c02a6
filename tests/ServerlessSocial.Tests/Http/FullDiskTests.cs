using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Hosts.Local.Storage;
using ServerlessSocial.Tests.Media;
using ServerlessSocial.Tests.Moderation;

namespace ServerlessSocial.Tests.Http;

/// <summary>A disk that fills up while people write, played by SQLite's own limit: nothing that was acknowledged is lost, and it goes on by itself.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task While_the_disk_is_full_writes_are_refused_reads_go_on_and_nothing_acknowledged_is_lost()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, ben) = (await host.SignUpAsync("anna"), await host.SignUpAsync("ben"));
        using (await ben.Client.PutAsync("profiles/anna/follow", null))
        using (await ben.Client.GetAsync("feed"))
        {
        }

        await host.SettleAsync();
        var database = host.Services.GetRequiredService<SqliteDatabase>().Main;
        await LimitAsync(1);
        var (kept, refused) = (new List<string>(), 0);
        for (var i = 0; i < 60; i++)
        {
            using var answer = await anna.Client.PostAsJsonAsync("posts", new { text = $"Post {i}: {new string('x', 3_000)}" });
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                kept.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
                continue;
            }

            Assert.Equal((HttpStatusCode.ServiceUnavailable, "store-unavailable"), (answer.StatusCode, await answer.ProblemAsync()));
            Assert.NotNull(answer.Headers.RetryAfter);
            refused++;
        }

        Assert.True(refused > 0, "The disk was not full.");
        using (var read = await host.Anonymous.GetAsync("profiles/anna"))
        {
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        }

        await LimitAsync(1_000_000);
        kept.Add(await host.PostAsync(anna, "There is room again."));
        await host.SettleAsync();

        var seen = (await ben.ItemsAsync("feed?limit=100")).Select(item => item.GetProperty("post").GetProperty("id").GetString()).ToList();
        Assert.Equal(kept.Order(), seen.Order());

        Task LimitAsync(int pages) => database.WriteAsync(session =>
        {
            using var limit = session.Query($"PRAGMA max_page_count={pages}");
            return limit.Read();
        });
    }
}
