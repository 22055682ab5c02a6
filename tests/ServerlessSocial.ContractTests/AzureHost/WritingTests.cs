using System.Net;
using System.Text.Json.Nodes;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.Running;
using Xunit.Abstractions;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>Drafts, scheduled posts, polls and edits on what is deployed.</summary>
[Collection(AzureSuites.Name)]
[NeedsAzurite]
[NeedsNode]
public sealed class WritingTests(AzureHostFixture azure, ITestOutputHelper output) : AzureHostTests(azure, output)
{
    [ContractFact]
    public async Task A_draft_is_scheduled_with_a_poll_published_voted_on_and_edited()
    {
        var (lea, max) = (await SignUpAsync("lea"), await SignUpAsync("max"));
        await max.DoAsync("GET feed");
        await max.DoAsync("PUT profiles/lea/follow");
        var draft = (string)(await lea.DoAsync("POST drafts", new { text = "Where to?" }))["id"]!;
        await lea.DoAsync($"PATCH drafts/{draft}", new { text = "Where to, #sailors?", poll = new { options = new[] { "North", "South" }, minutes = 60 } });
        var scheduled = (string)(await lea.DoAsync("POST posts", new { draftId = draft, publishAt = DateTimeOffset.UtcNow.AddSeconds(3) }))["id"]!;
        Assert.Equal(HttpStatusCode.NotFound, (await lea.TryAsync($"GET drafts/{draft}")).Status);

        var id = (string)(await lea.UntilAsync($"GET me/scheduled/{scheduled}", one => (string)one["status"]! == "published"))["postId"]!;
        await max.UntilAsync("GET feed", feed => Items(feed).Any(item => (string)item["post"]!["id"]! == id));
        var voted = await max.DoAsync($"PUT posts/{id}/vote", new { choices = new[] { 1 } });
        Assert.Equal((1, 1), ((int)voted["poll"]!["voters"]!, (int)voted["poll"]!["options"]![1]!["votes"]!));
        Assert.Equal(HttpStatusCode.Conflict, (await max.TryAsync($"PUT posts/{id}/vote", new { choices = new[] { 0 } })).Status);

        await lea.DoAsync($"PATCH posts/{id}", new { text = "Where to, @max? #skippers" });
        var edited = await max.UntilAsync($"GET posts/{id}", post => post["editedAt"] is not null);
        Assert.Equal("Where to, @max? #skippers", (string)edited["text"]!);
        Assert.Equal(2, Items(await max.DoAsync($"GET posts/{id}/history")).Count());
        await max.UntilAsync("GET tags/skippers", list => Items(list).Any());
        Assert.Empty(Items(await max.DoAsync("GET tags/sailors")));
        await max.UntilAsync("GET notifications?kind=mention", list => Items(list).Any());

        var again = (string)(await lea.DoAsync($"DELETE posts/{id}?redraft=true"))["text"]!;
        Assert.Equal("Where to, @max? #skippers", again);
    }
}
