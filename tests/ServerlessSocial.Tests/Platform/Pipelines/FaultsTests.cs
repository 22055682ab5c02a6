using System.ClientModel;
using System.Net;
using Microsoft.Azure.Cosmos;
using ServerlessSocial.Feeds;
using ServerlessSocial.Hosts.Adapters.Cosmos;
using ServerlessSocial.Hosts.Adapters.OpenAi;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;

namespace ServerlessSocial.Tests.Platform.Pipelines;

public sealed class FaultsTests
{
    private static readonly Faults Faults = new([new CosmosFaults(), new OpenAiFaults(TimeProvider.System)]);

    [Fact]
    public void What_came_too_early_is_told_from_what_is_out_and_from_what_nobody_knows()
    {
        Assert.Equal(FaultKind.Early, Faults.Of(new StaleReadException("posts", 2, 1)).Kind);
        Assert.Equal(FaultKind.Early, Faults.Of(new NotDistributedYetException("post")).Kind);
        foreach (var outage in (Exception[])
        [
            new HttpRequestException("no route"), new TimeoutException(), new TaskCanceledException(), new IOException("broken pipe"),
            new InvalidOperationException("wrapped", new HttpRequestException()), new AggregateException(new TimeoutException(), new TimeoutException()),
            Cosmos(HttpStatusCode.ServiceUnavailable), Cosmos(HttpStatusCode.Gone), Cosmos(HttpStatusCode.Forbidden),
        ])
        {
            Assert.Equal(FaultKind.Outage, Faults.Of(outage).Kind);
        }

        foreach (var unknown in (Exception[])
        [
            new InvalidOperationException("bug"), new KeyNotFoundException("bug"), new FormatException(), new FileNotFoundException(), Cosmos(HttpStatusCode.BadRequest),
            new ClientResultException("The model takes no such request.", new Answer(400)),
        ])
        {
            Assert.Equal(FaultKind.Unknown, Faults.Of(unknown).Kind);
        }
    }

    [Fact]
    public void How_long_to_wait_is_read_from_whoever_throttles()
    {
        Assert.Equal(new(FaultKind.Outage, TimeSpan.FromSeconds(7)), Faults.Of(new StoreThrottledException(TimeSpan.FromSeconds(7))));
        Assert.Equal(new(FaultKind.Outage, TimeSpan.FromMinutes(20)), Faults.Of(new ClientResultException("busy", new Answer(429, "1200"))));
        Assert.Equal(
            new(FaultKind.Outage, TimeSpan.FromMinutes(20)),
            Faults.Of(new AggregateException(new TimeoutException(), new ClientResultException("busy", new Answer(429, "1200")))));
        var now = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromMinutes(5), FaultStatus.RetryAfter("Sun, 22 Nov 2026 08:05:00 GMT", now));
        Assert.Null(FaultStatus.RetryAfter("soon", now));
    }

    private static CosmosException Cosmos(HttpStatusCode status) => new("no", status, 0, string.Empty, 0);

    /// <summary>An answer with a status and, if given, a Retry-After.</summary>
    private sealed class Answer(int status, string? retryAfter = null) : System.ClientModel.Primitives.PipelineResponse
    {
        public override int Status => status;

        public override string ReasonPhrase => string.Empty;

        public override Stream? ContentStream { get; set; }

        public override BinaryData Content => BinaryData.FromString(string.Empty);

        protected override System.ClientModel.Primitives.PipelineResponseHeaders HeadersCore { get; } = new AnswerHeaders(retryAfter);

        public override BinaryData BufferContent(CancellationToken cancellationToken = default) => Content;

        public override ValueTask<BinaryData> BufferContentAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(Content);

        public override void Dispose() => ContentStream?.Dispose();
    }

    private sealed class AnswerHeaders(string? retryAfter) : System.ClientModel.Primitives.PipelineResponseHeaders
    {
        public override IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
            (retryAfter is null ? [] : new List<KeyValuePair<string, string>> { new("Retry-After", retryAfter) }).GetEnumerator();

        public override bool TryGetValue(string name, out string? value) => (value = name == "Retry-After" ? retryAfter : null) is not null;

        public override bool TryGetValues(string name, out IEnumerable<string>? values) =>
            (values = TryGetValue(name, out var value) ? [value!] : null) is not null;
    }
}
