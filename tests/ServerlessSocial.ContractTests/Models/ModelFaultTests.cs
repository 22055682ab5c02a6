using System.ClientModel;
using ServerlessSocial.Platform.Ai;

namespace ServerlessSocial.ContractTests.Models;

/// <summary>What an endpoint's bad moments mean: waited for and tried again within bounds, then an exception.</summary>
public sealed class ModelFaultTests : ModelSuite
{
    private static readonly TextRequest Request = new("Answer briefly.", "What people wrote", 200);

    [Fact]
    public async Task A_fault_that_passes_is_not_noticed()
    {
        var (endpoint, model) = await ChatAsync(Recorded.ServerError, Recorded.Chat("well again"));
        Assert.Equal(new TextWritten("well again"), await model.CompleteAsync(Request, None));
        Assert.Equal(2, endpoint.Requests.Count);
    }

    [Fact]
    public async Task A_fault_that_stays_is_thrown_after_the_last_try()
    {
        var (endpoint, model) = await ChatAsync(Recorded.ServerError);
        Assert.Equal(500, (await Assert.ThrowsAsync<ClientResultException>(() => model.CompleteAsync(Request, None))).Status);
        Assert.Equal(2, endpoint.Requests.Count);
    }

    [Fact]
    public async Task Throttling_is_waited_for_as_long_as_the_endpoint_says()
    {
        var (endpoint, model) = await ChatAsync(Recorded.Throttled("3"), Recorded.Chat("room again"));
        Assert.Equal(new TextWritten("room again"), await model.CompleteAsync(Request, None));

        // Without the header the second try would come after less than one second.
        var requests = endpoint.Requests.ToArray();
        Assert.True(requests[1].At - requests[0].At > TimeSpan.FromSeconds(2.5), "the second try came before its time");
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("Wed, 01 Jan 2098 00:00:00 GMT")]
    public async Task Throttling_for_longer_than_a_call_may_wait_is_thrown_at_once(string retryAfter)
    {
        var (endpoint, model) = await ChatAsync(Recorded.Throttled(retryAfter), Recorded.Chat("an hour later"));
        Assert.Equal(429, (await Assert.ThrowsAsync<ClientResultException>(() => model.CompleteAsync(Request, None))).Status);
        Assert.Single(endpoint.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_endpoint_that_stays_silent_is_a_timeout_and_no_cancellation(int retries)
    {
        var (endpoint, model) = await ConnectAsync<ITextModel>([RecordedAnswer.Never], options =>
        {
            options.Timeout = TimeSpan.FromMilliseconds(300);
            options.MaxRetries = retries;
        });
        await Assert.ThrowsAsync<TimeoutException>(() => model.CompleteAsync(Request, None));
        Assert.Equal(retries + 1, endpoint.Requests.Count);
        await endpoint.Abandoned.Task;
    }

    [Fact]
    public async Task A_caller_that_no_longer_waits_ends_the_call()
    {
        var (endpoint, model) = await ChatAsync(RecordedAnswer.Never);
        using var stop = new CancellationTokenSource();
        var call = model.CompleteAsync(Request, stop.Token);
        await endpoint.Asked.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await endpoint.Abandoned.Task;
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_a_fault()
    {
        var (endpoint, model) = await ChatAsync(Recorded.Chat("never"));
        await endpoint.DisposeAsync();
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => model.CompleteAsync(Request, None));
        Assert.IsNotType<TimeoutException>(exception);
        Assert.IsNotAssignableFrom<OperationCanceledException>(exception);
    }
}
