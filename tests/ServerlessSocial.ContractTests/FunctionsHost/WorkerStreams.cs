using System.Collections.Concurrent;
using Grpc.Core;
using ServerlessSocial.ContractTests.FunctionsHost.Protocol;

namespace ServerlessSocial.ContractTests.FunctionsHost;

/// <summary>Knows which worker expects which stream.</summary>
internal sealed class WorkerStreams
{
    private readonly ConcurrentDictionary<string, WorkerChannel> expected = new();

    /// <summary>A channel for a worker that is about to be started.</summary>
    public WorkerChannel Expect(string workerId) => expected[workerId] = new WorkerChannel();

    /// <summary>The channel of a worker that calls, once.</summary>
    public WorkerChannel? Take(string workerId) => expected.TryRemove(workerId, out var channel) ? channel : null;
}

/// <summary>The gRPC service that workers connect to.</summary>
internal sealed class WorkerService(WorkerStreams streams) : FunctionRpc.FunctionRpcBase
{
    /// <inheritdoc/>
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        if (await requestStream.MoveNext(context.CancellationToken)
            && requestStream.Current.StartStream is { } start
            && streams.Take(start.WorkerId) is { } channel)
        {
            await channel.RunAsync(requestStream, responseStream, context.CancellationToken);
        }
    }
}
