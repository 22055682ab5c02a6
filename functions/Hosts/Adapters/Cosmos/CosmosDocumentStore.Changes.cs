using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Telemetry;

namespace ServerlessSocial.Hosts.Adapters.Cosmos;

/// <content>The change feed, read page by page; in Azure the Functions host reads it instead.</content>
public sealed partial class CosmosDocumentStore
{
    /// <inheritdoc/>
    public async ValueTask<ChangePage<T>> ReadChangesAsync<T>(string? position, int limit, CancellationToken cancellationToken)
        where T : Document, IDocument<T>
    {
        var (documents, next) = await ReadChangesAsync<T>(T.Container, position, limit, cancellationToken);
        return new(documents, next);
    }

    /// <summary>Whether <see cref="ReadChangesAsync{T}(string?, int, CancellationToken)"/> would find something after the position.</summary>
    public async ValueTask<bool> HasChangesAsync(ContainerDefinition container, string? position, CancellationToken cancellationToken) =>
        (await ReadChangesAsync<JsonElement>(container, position, 1, cancellationToken)).Items.Count > 0;

    private async Task<(List<T> Items, string? Position)> ReadChangesAsync<T>(ContainerDefinition container, string? position, int limit, CancellationToken cancellationToken)
    {
        using var iterator = connection.Container(container).GetChangeFeedIterator<T>(
            position is null ? ChangeFeedStartFrom.Beginning() : ChangeFeedStartFrom.ContinuationToken(position),
            ChangeFeedMode.LatestVersion,
            new ChangeFeedRequestOptions { PageSizeHint = limit });
        try
        {
            while (true)
            {
                var page = await iterator.ReadNextAsync(cancellationToken);
                RequestCharge.Add(container.Name, "changes", page.RequestCharge);
                if (page.StatusCode == HttpStatusCode.NotModified)
                {
                    return ([], position);
                }

                // A page may be empty in the middle of the feed: only "not modified" is its end.
                if (page.Count > 0)
                {
                    return ([.. page], page.ContinuationToken);
                }
            }
        }
        catch (CosmosException exception) when (exception.StatusCode == HttpStatusCode.TooManyRequests)
        {
            throw Throttled(exception);
        }
    }
}
