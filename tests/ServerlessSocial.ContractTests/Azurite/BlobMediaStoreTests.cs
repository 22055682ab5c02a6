using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessSocial.ContractTests.Media;
using ServerlessSocial.ContractTests.Running;
using ServerlessSocial.Hosts.Azure;
using ServerlessSocial.Platform.Blobs;

namespace ServerlessSocial.ContractTests.Azurite;

/// <summary>The media store over the real SDK.</summary>
[NeedsAzurite]
public sealed class BlobMediaStoreTests(AzuriteServer server) : MediaStoreContract, IClassFixture<AzuriteServer>
{
    protected override IMediaStore Store { get; } = new BlobMediaStore(server.Container);

    [ContractFact]
    public async Task A_blob_says_how_long_it_may_be_kept_and_cannot_be_read_without_signing_in()
    {
        var name = $"media/{Guid.NewGuid():N}.png";
        await Store.WriteAsync(name, new MemoryStream([1, 2, 3]), "image/png", CancellationToken.None);

        var blob = server.Container.GetBlobClient(name);
        BlobProperties properties = await blob.GetPropertiesAsync();
        Assert.Equal(("image/png", "private, max-age=31536000, immutable"), (properties.ContentType, properties.CacheControl));

        using var stranger = new HttpClient();
        using var answer = await stranger.GetAsync(blob.Uri);
        Assert.False(answer.IsSuccessStatusCode);
    }

    [ContractFact]
    public async Task A_picture_is_read_with_one_call()
    {
        var name = $"media/{Guid.NewGuid():N}.png";
        await Store.WriteAsync(name, new MemoryStream([1, 2, 3]), "image/png", CancellationToken.None);
        var calls = new Calls();
        var options = new BlobClientOptions();
        options.AddPolicy(calls, HttpPipelinePosition.PerRetry);
        var container = new BlobServiceClient(server.ConnectionStringInUse, options).GetBlobContainerClient(server.Container.Name);

        await using var blob = await new BlobMediaStore(container).OpenAsync(name, CancellationToken.None);
        using var read = new MemoryStream();
        await blob!.Content.CopyToAsync(read);

        Assert.Equal([1, 2, 3], read.ToArray());
        Assert.Equal((3, "image/png"), (blob.Length, blob.ContentType));
        Assert.Equal(1, calls.Count);
    }

    /// <summary>Counts what is sent.</summary>
    private sealed class Calls : HttpPipelineSynchronousPolicy
    {
        public int Count { get; private set; }

        public override void OnSendingRequest(HttpMessage message) => Count++;
    }
}
