using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.Cosmos;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Images;
using ServerlessSocial.Posts;
using Xunit.Abstractions;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>A walk through the network on what is deployed: the published worker over the real SDKs of Cosmos DB, Service Bus and Blob Storage.</summary>
[Collection(AzureSuites.Name)]
[NeedsAzurite]
[NeedsNode]
public sealed class JourneyTests(AzureHostFixture azure, ITestOutputHelper output) : AzureHostTests(azure, output)
{
    [ContractFact]
    public async Task A_post_with_a_picture_made_by_ai_is_moderated_and_reaches_a_follower_who_likes_it()
    {
        var (ada, ben) = (await SignUpAsync("ada"), await SignUpAsync("ben"));
        await ben.DoAsync("GET feed");
        await ben.DoAsync("PUT profiles/ada/follow");
        await ada.UntilAsync("GET profiles/ada", profile => (long)profile["followers"]! == 1);

        var job = await ada.DoAsync("POST images", new { prompt = "a lighthouse" });
        var made = await ada.UntilAsync($"GET images/{job["id"]}", found => (string)found["status"]! == "done");
        var post = await ada.DoAsync("POST posts", new { text = "A #lighthouse for you", media = new[] { new { id = (string)made["media"]!["id"]! } } });
        var id = (string)post["id"]!;

        var seen = (await ben.UntilAsync("GET feed", feed => Items(feed).Any(item => (string)item["post"]!["id"]! == id)))["items"]![0]!["post"]!;
        Assert.Equal("approved", (string)seen["moderation"]!["status"]!);
        var (type, bytes) = await ben.DownloadAsync((string)seen["media"]![0]!["url"]!);
        Assert.Equal("image/png", type);
        Assert.True(bytes.Length > 100);
        Assert.True((bool)(await Nobody().DoAsync($"GET provenance?sha256={Convert.ToHexString(SHA256.HashData(bytes))}"))["madeHere"]!);
        Assert.Contains(Items(await Nobody().UntilAsync("GET tags/lighthouse", tag => Items(tag).Any())), item => (string)item["id"]! == id);

        await ben.DoAsync($"PUT posts/{id}/like");
        await ada.UntilAsync($"GET posts/{id}", found => (long)found["likes"]! == 1);
        await ada.UntilAsync("GET notifications", list => Items(list).Any(note => (string)note["kind"]! == "like"));

        await ada.DoAsync($"DELETE posts/{id}");
        Assert.Equal(HttpStatusCode.NotFound, (await ben.TryAsync($"GET posts/{id}")).Status);
        Assert.DoesNotContain(Items(await ben.DoAsync("GET feed")), item => (string)item["post"]!["id"]! == id);
        await ada.UntilAsync("GET profiles/ada", profile => (long)profile["posts"]! == 0);
    }

    [ContractFact]
    public async Task A_harmful_post_is_seen_by_nobody_else()
    {
        var (eve, fay) = (await SignUpAsync("eve"), await SignUpAsync("fay"));
        var post = await eve.DoAsync("POST posts", new { text = "Something with [violence] in it" });
        await eve.UntilAsync($"GET posts/{post["id"]}", found => (string)found["moderation"]!["status"]! is not ("pending" or "approved"));
        Assert.Equal(HttpStatusCode.NotFound, (await fay.TryAsync($"GET posts/{post["id"]}")).Status);
    }

    [ContractFact]
    public async Task A_post_whose_moderation_fails_every_time_is_held_and_a_person_lets_it_out()
    {
        var (gil, moderator) = (await SignUpAsync("gil"), await SignUpAsync("mod", "moderator"));
        Azure.Services.Broker.Exhaust(PostPipeline.ModerationQueue, true);
        var post = await gil.DoAsync("POST posts", new { text = "Nobody could look at this" });
        var id = (string)post["id"]!;
        await moderator.UntilAsync("GET moderation/queue?kind=held", held => Items(held).Any(item => item.ToJsonString().Contains(id, StringComparison.Ordinal)));
        Azure.Services.Broker.Exhaust(PostPipeline.ModerationQueue, false);
        Assert.Equal(HttpStatusCode.NotFound, (await Nobody().TryAsync($"GET posts/{id}")).Status);

        await moderator.DoAsync($"POST moderation/cases/post.{id}/decision", new { decision = "keep", reason = "Fine." });

        await Nobody().UntilAsync($"GET posts/{id}", found => (string)found["text"]! == "Nobody could look at this");
    }

    [ContractFact]
    public async Task A_picture_that_fails_every_time_says_so_and_the_next_one_succeeds()
    {
        var hal = await SignUpAsync("hal");
        Azure.Services.Broker.Exhaust(ImagePipeline.GenerationQueue, true);
        var job = await hal.DoAsync("POST images", new { prompt = "a boat" });
        await hal.UntilAsync($"GET images/{job["id"]}", found => (string)found["status"]! == "failed");
        Azure.Services.Broker.Exhaust(ImagePipeline.GenerationQueue, false);

        var again = await hal.DoAsync("POST images", new { prompt = "a boat" });

        await hal.UntilAsync($"GET images/{again["id"]}", found => (string)found["status"]! == "done");
    }

    [ContractFact]
    public async Task A_feed_page_asks_cosmos_db_for_no_query_plan()
    {
        var ivy = await SignUpAsync("ivy");
        await ivy.DoAsync("GET feed");
        var (plans, queries) = (Count(CosmosRequestKind.QueryPlan), Count(CosmosRequestKind.Query));

        await ivy.DoAsync("GET feed");

        Assert.True(Count(CosmosRequestKind.Query) > queries, "A page without a query proves nothing.");
        Assert.Equal(plans, Count(CosmosRequestKind.QueryPlan));
        Assert.Equal(0, plans);
        int Count(CosmosRequestKind kind) => Azure.Services.Cosmos.CountOf(kind);
    }
}
