using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>
/// Makes up, between SDK and server, for what <c>@vercel/cosmosdb-server</c> lacks: query plans (every query is passed through as it
/// is), the status of a missing item (500 instead of 404), and continuing a change feed (it lists all documents in no particular order:
/// versions are numbered as their writes are answered, and the numbers are the positions of the feed).
/// </summary>
internal sealed class CosmosServerGaps
{
    private const string QueryPlan = """
        {"partitionedQueryExecutionInfoVersion":2,"queryInfo":{"distinctType":"None","top":null,"offset":null,"limit":null,"orderBy":[],
        "orderByExpressions":[],"groupByExpressions":[],"groupByAliases":[],"aggregates":[],"groupByAliasToAggregateType":{},
        "rewrittenQuery":"","hasSelectValue":false},"queryRanges":[{"min":"","max":"FF","isMinInclusive":true,"isMaxInclusive":false}]}
        """;

    private readonly Dictionary<string, long> numbers = [];

    /// <summary>What to put between: one for each connection.</summary>
    public HttpMessageHandler Handler() => new GapHandler(this);

    private static HttpResponseMessage Json(HttpRequestMessage request, HttpStatusCode status, string body) => new(status)
    {
        RequestMessage = request,
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    };

    private static HttpResponseMessage WithStatus(HttpResponseMessage response, HttpStatusCode status)
    {
        response.StatusCode = status;
        return response;
    }

    private void Note(string etag)
    {
        lock (numbers)
        {
            numbers.TryAdd(etag, numbers.Count + 1);
        }
    }

    private long LastNumber()
    {
        lock (numbers)
        {
            return numbers.Count;
        }
    }

    /// <summary>
    /// The documents after a position, from a list of all. What was numbered after the list was asked for waits for the next time: the
    /// list may lack versions with lower numbers.
    /// </summary>
    private HttpResponseMessage Changes(HttpRequestMessage request, JsonArray documents, long position, long upTo, int limit)
    {
        List<(long Number, JsonNode Document)> changed;
        lock (numbers)
        {
            changed = [.. documents.Select(document => (Number: numbers.GetValueOrDefault((string)document!["_etag"]!), Document: document))
                .Where(entry => entry.Number > position && entry.Number <= upTo).OrderBy(entry => entry.Number).Take(limit)];
        }

        var body = new JsonObject { ["Documents"] = new JsonArray([.. changed.Select(entry => entry.Document.DeepClone())]), ["_count"] = changed.Count };
        var response = Json(request, changed.Count == 0 ? HttpStatusCode.NotModified : HttpStatusCode.OK, body.ToJsonString());
        response.Headers.Add("x-ms-item-count", changed.Count.ToString(CultureInfo.InvariantCulture));
        response.Headers.TryAddWithoutValidation("ETag", $"\"{(changed.Count == 0 ? position : changed[^1].Number)}\"");
        return response;
    }

    private sealed class GapHandler(CosmosServerGaps gaps) : DelegatingHandler(CosmosServer.AnyCertificate())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => request switch
        {
            _ when request.Headers.Contains("x-ms-cosmos-is-query-plan-request") => Task.FromResult(Json(request, HttpStatusCode.OK, QueryPlan)),
            _ when request.RequestUri!.AbsolutePath.EndsWith("/docs", StringComparison.Ordinal) && request.Headers.Contains("A-IM") => FollowAsync(request, cancellationToken),
            _ => SendOnAsync(request, cancellationToken),
        };

        private async Task<HttpResponseMessage> SendOnAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.Method != HttpMethod.Get && response is { IsSuccessStatusCode: true, Headers: var headers } && headers.TryGetValues("ETag", out var etag))
            {
                gaps.Note(etag.First());
            }

            var isItem = request.RequestUri!.AbsolutePath.Contains("/docs/", StringComparison.Ordinal);
            return response.StatusCode == HttpStatusCode.InternalServerError && isItem && request.Method == HttpMethod.Get
                ? WithStatus(response, HttpStatusCode.NotFound)
                : response;
        }

        private async Task<HttpResponseMessage> FollowAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var position = Number(request, "If-None-Match", 0);
            var limit = Number(request, "x-ms-max-item-count", long.MaxValue);
            foreach (var header in (string[])["A-IM", "If-None-Match", "x-ms-max-item-count"])
            {
                request.Headers.Remove(header);
            }

            var upTo = gaps.LastNumber();
            var response = await base.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return response;
            }

            var all = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!["Documents"]!.AsArray();
            return gaps.Changes(request, all, position, upTo, (int)Math.Min(limit > 0 ? limit : long.MaxValue, int.MaxValue));
        }

        private static long Number(HttpRequestMessage request, string header, long otherwise) =>
            request.Headers.TryGetValues(header, out var values) && long.TryParse(values.First().Trim('"'), out var number) ? number : otherwise;
    }
}
