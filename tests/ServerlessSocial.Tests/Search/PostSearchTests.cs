using System.Net;
using System.Text.Json;
using ServerlessSocial.Tests.Filters;
using ServerlessSocial.Tests.Graph;
using ServerlessSocial.Tests.Moderation;
using ServerlessSocial.Tests.Posts;

namespace ServerlessSocial.Tests.Search;

public sealed class PostSearchTests
{
    [Fact]
    public async Task Words_are_found_in_whatever_form()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        await host.FindableAsync(anna, indexable: true);
        string[] texts =
        [
            "Heute habe ich drei alte Lampen vom Flohmarkt nach Hause gebracht.",
            "The lamps in this café are older than the house itself, and so are the stories.",
            "Ich wünsche mir Straßen ohne Autos, und Häuser mit Gärten davor.",
            "東京タワーの夜景がとても綺麗でした。",
            "서울에서 먹은 김치가 정말 맛있었어요",
            "שלום עולם, היום יום יפה מאוד",
            "ฉันรักประเทศไทยมาก",
            "Only a leaf 🌿 and nothing else to say about this morning",
            "Die Babys der Freundinnen schlafen in ihren Autos, und niemand weckt sie auf",
        ];
        foreach (var text in texts)
        {
            await anna.PostAsync(text);
        }

        await host.SettleAsync();
        (string Query, int[] Found)[] expected =
        [
            ("Lampe", [0, 1]), ("LAMPEN", [0, 1]), ("lamp", [0, 1]), ("strasse", [2]), ("Haus Garten", [2]), ("CAFE", [1]), ("café", [1]), ("story", [1]),
            ("\"alte Lampen\"", [0]), ("\"Lampen alte\"", []), ("東京", [3]), ("タワー", [3]), ("京東", []), ("綺", [3]), ("서울", [4]), ("김치", [4]), ("שלום", [5]), ("ไทย", [6]), ("🌿", [7]),
            ("Häuser -Autos", [0]), ("Häuser -Lampe", [2]), ("lang:de", [0, 2, 8]), ("lamp lang:de", [0]), ("lamp -lang:de", [1]), ("nothing the to", [7]), ("ｌａｍｐｓ", [0, 1]), ("zebra", []), ("Auto Baby Freundin", [8]), ("from:anna lamps", [0, 1]), ("from:nobody lamps", []),
            ("\"drei alte\" flohmarkt", [0]), ("-zebra -lion leaf", [7]),
        ];
        foreach (var (query, found) in expected)
        {
            Assert.True(found.Select(index => texts[index]).ToHashSet().SetEquals(await host.Anonymous.FindAsync(query)), query);
        }
    }

    [Fact]
    public async Task Who_does_not_allow_it_is_not_found_from_that_moment_on()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"));
        await anna.PostAsync("Zebras at the waterhole");
        await host.SettleAsync();
        Assert.Empty(await berta.Client.FindAsync("zebra"));
        Assert.Empty(await berta.Client.FindAsync("from:anna"));
        await host.FindableAsync(anna, indexable: true);
        Assert.Single(await berta.Client.FindAsync("zebra"));
        Assert.Single(await host.Anonymous.FindAsync("from:anna"));

        await anna.PatchAsync("me", new { indexable = (bool?)null }, "*");
        Assert.Empty(await berta.Client.FindAsync("zebra"));
        await host.SettleAsync();
        Assert.Empty(await berta.Client.FindAsync("zebra"));
        Assert.Empty(await berta.Client.FindAsync("from:anna"));
    }

    [Fact]
    public async Task Only_what_everybody_may_see_is_found_and_not_by_whom_a_block_keeps_out()
    {
        await using var host = await TestHost.StartAsync();
        var (anna, berta, moderator) = (await host.SignUpAsync("anna"), await host.SignUpAsync("berta"), await host.SignUpAsync("mod_mia", "moderator"));
        await host.FindableAsync(anna, indexable: true);
        await host.FindableAsync(berta, indexable: true);
        await anna.PostAsync(new { text = "A quiet zebra", visibility = "followers" });
        await anna.PostAsync("A loud zebra");
        var removed = await host.PostAsync(anna, "A removed zebra");
        var limited = await host.PostAsync(anna, "A limited zebra");
        var deleted = await host.PostAsync(anna, "A deleted zebra");
        await host.SettleAsync();
        await berta.PutAsync("follow", anna);
        await host.DecideAsync(moderator, removed, "remove");
        await host.DecideAsync(moderator, limited, "limit");
        await anna.DeleteAsync($"posts/{deleted}");
        await host.SettleAsync();
        Assert.Equal(["A loud zebra"], await berta.Client.FindAsync("zebra"));
        Assert.Equal(["A loud zebra"], await anna.Client.FindAsync("zebra"));
        await anna.PutAsync("block", berta);
        Assert.Empty(await berta.Client.FindAsync("zebra"));
        Assert.Equal(["A loud zebra"], await host.Anonymous.FindAsync("zebra"));
    }

    [Fact]
    public async Task An_edit_is_found_by_what_it_says_now()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        await host.FindableAsync(anna, indexable: true);
        var post = (await anna.PostAsync("A zebra at the waterhole")).Text("id");
        await host.SettleAsync();
        await anna.PatchAsync($"posts/{post}", new { text = "A lion at the waterhole" }, "*");
        await host.SettleAsync();
        Assert.Empty(await host.Anonymous.FindAsync("zebra"));
        Assert.Equal(["A lion at the waterhole"], await host.Anonymous.FindAsync("lion"));
    }

    [Fact]
    public async Task Pages_follow_one_another_and_say_why()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        await host.FindableAsync(anna, indexable: true);
        for (var i = 0; i < 25; i++)
        {
            await anna.PostAsync($"Zebras, number {i}, at the waterhole #savanne");
        }

        await host.SettleAsync();
        foreach (var sort in (string[])["latest", "relevance"])
        {
            var seen = new List<string>();
            string? next = null;
            do
            {
                var page = await host.Anonymous.ReadAsync($"search?type=posts&sort={sort}&q=zebra%20%23savanne&limit=10{(next is null ? "" : $"&cursor={next}")}");
                foreach (var found in page.GetProperty("posts").EnumerateArray())
                {
                    seen.Add(found.GetProperty("post").Text("id"));
                    Assert.Equal("""[{"kind":"word","value":"Zebras"},{"kind":"tag","value":"savanne"}]""", JsonSerializer.Serialize(found.GetProperty("why")));
                }

                next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
            }
            while (next is not null);

            Assert.Equal(25, seen.Distinct().Count());
            Assert.Equal(25, seen.Count);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=")]
    [InlineData("?q=%20")]
    [InlineData("?q=a&type=dogs")]
    [InlineData("?q=a&sort=best")]
    [InlineData("?q=before:yesterday")]
    [InlineData("?q=has:dogs")]
    [InlineData("?q=lang:german")]
    [InlineData("?q=from:a!")]
    [InlineData("?q=-only%20-not")]
    [InlineData("?q=%22%22")]
    [InlineData("?q=after:2026-11-01&type=posts")]
    [InlineData("?q=a&cursor=x")]
    public async Task What_makes_no_sense_is_refused(string query)
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await host.Anonymous.DoAsync(HttpMethod.Get, $"search{query}"));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("-")]
    [InlineData("a\" OR marks:b")]
    [InlineData("a AND NOT (b")]
    [InlineData("text:a* NEAR(b, 3)")]
    [InlineData("'; DROP TABLE x; --")]
    [InlineData("???")]
    [InlineData("from:me")]
    [InlineData("\\u0000 \ud83d\ude00 \u202e abc")]
    public async Task What_reads_like_a_query_language_is_words(string query)
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        await host.FindableAsync(anna, indexable: true);
        await anna.PostAsync("Nothing of the kind");
        await host.SettleAsync();
        var found = await host.Anonymous.ReadAsync($"search?q={Uri.EscapeDataString(query)}");
        Assert.Equal(0, found.GetProperty("posts").GetArrayLength());
    }
}
