using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Hosts;
using ServerlessSocial.Hosts.Adapters.Cosmos;
using Xunit.Abstractions;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>Taking along and leaving, on what is deployed.</summary>
[Collection(AzureSuites.Name)]
[NeedsAzurite]
[NeedsNode]
public sealed class DeletionTests(AzureHostFixture azure, ITestOutputHelper output) : AzureHostTests(azure, output)
{
    [ContractFact]
    public async Task An_archive_is_made_and_then_no_container_and_no_blob_names_whoever_left()
    {
        var (ada, ben) = (await SignUpAsync("ada"), await SignUpAsync("ben"));
        var me = (string)(await ada.DoAsync("GET me"))["id"]!;
        await ben.DoAsync("GET feed");
        await ben.DoAsync("PUT profiles/ada/follow");
        await ada.DoAsync("PUT profiles/ben/follow");
        var job = await ada.DoAsync("POST images", new { prompt = "a lighthouse" });
        var made = await ada.UntilAsync($"GET images/{job["id"]}", found => (string)found["status"]! == "done");
        var post = (string)(await ada.DoAsync("POST posts", new { text = "Farewell #lighthouse", media = new[] { new { id = (string)made["media"]!["id"]! } } }))["id"]!;
        await ben.UntilAsync("GET feed", feed => feed["items"]!.AsArray().Count == 1);
        var reply = (string)(await ben.DoAsync("POST posts", new { text = "Must you go, @ada?", replyTo = post }))["id"]!;
        foreach (var what in (string[])["like", "boost", "bookmark"])
        {
            await ben.DoAsync($"PUT posts/{post}/{what}");
        }

        await ada.UntilAsync($"GET posts/{post}", found => (long)found["likes"]! == 1 && (long)found["boosts"]! == 1 && (long)found["replies"]! == 1);
        var export = await ada.DoAsync("POST me/export");
        var archive = await ada.UntilAsync($"GET me/exports/{export["id"]}", found => (string)found["status"]! == "done");
        var (type, bytes) = await ada.DownloadAsync((string)archive["url"]!);
        Assert.Equal(("application/zip", (long)archive["bytes"]!), (type, bytes.LongLength));
        Assert.Contains(await BlobsAsync(), name => name.Contains(me, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Accepted, (await ada.TryAsync("DELETE me", new { handle = "ada" })).Status);
        Assert.Equal(HttpStatusCode.Gone, (await ada.TryAsync("GET me")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ben.TryAsync($"GET posts/{post}")).Status);
        await DrainAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await ada.TryAsync("GET me")).Status);
        Assert.Equal("Must you go, @ada?", (string)(await ben.DoAsync($"GET posts/{reply}"))["text"]!);
        var profile = await ben.DoAsync("GET profiles/ben");
        Assert.Equal((0L, 0L), ((long)profile["followers"]!, (long)profile["following"]!));
        Assert.DoesNotContain(await BlobsAsync(), name => name.Contains(me, StringComparison.Ordinal));
        Assert.Empty((await DocumentsAsync()).Where(document => document.Text.Contains(me, StringComparison.Ordinal)).Select(document => $"{document.Container}: {document.Text}"));
        Assert.Contains(await DocumentsAsync(), document => document.Container == "handles" && document.Text.Contains("\"ada\"", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> BlobsAsync()
    {
        var names = new List<string>();
        await foreach (var blob in Azure.Services.Blobs.GetBlobsAsync())
        {
            names.Add(blob.Name);
        }

        return names;
    }

    /// <summary>Every document of every container, as text.</summary>
    private async Task<IReadOnlyList<(string Container, string Text)>> DocumentsAsync()
    {
        using var connection = new CosmosConnection(Azure.Services.CosmosOptions, credential: null);
        var found = new List<(string, string)>();
        foreach (var container in Product.Containers)
        {
            using var all = connection.Container(container).GetItemQueryIterator<JsonElement>("SELECT * FROM c");
            while (all.HasMoreResults)
            {
                found.AddRange((await all.ReadNextAsync()).Select(item => (container.Name, item.ToString())));
            }
        }

        return found;
    }

    private async Task DrainAsync()
    {
        using var backlog = Azure.Services.Watch();
        var deadline = DateTime.UtcNow + TimeSpan.FromMinutes(2);
        while (await backlog.ReadAsync() is { Count: > 0 } left)
        {
            Assert.True(DateTime.UtcNow < deadline, string.Join(", ", left));
            await Task.Delay(200);
        }
    }
}
