using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using ServerlessSocial.ContractTests.FunctionsHost.Protocol;

namespace ServerlessSocial.ContractTests.FunctionsHost;

/// <summary>What is said between host and worker: questions and their answers, invocations and their results, logs.</summary>
internal sealed class WorkerChannel
{
    private readonly Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> questions = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> invocations = new();
    private readonly TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the worker has called.</summary>
    public TaskCompletionSource Connected { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Receives warnings and errors that the worker logs.</summary>
    public Action<string> Log { get; set; } = _ => { };

    /// <summary>Carries messages until the worker goes.</summary>
    public async Task RunAsync(IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> worker, CancellationToken cancellationToken)
    {
        var sending = SendAllAsync(worker, cancellationToken);
        Connected.TrySetResult();
        try
        {
            while (await incoming.MoveNext(cancellationToken))
            {
                Take(incoming.Current);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or Grpc.Core.RpcException)
        {
            // The worker was killed, or the host is.
        }

        End();
        await sending;
    }

    /// <summary>Asks the worker something.</summary>
    /// <exception cref="IOException">The worker went before it answered.</exception>
    public async Task<StreamingMessage> AskAsync(StreamingMessage question)
    {
        question.RequestId = Guid.NewGuid().ToString();
        var answer = questions[question.RequestId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(question);
        return await UnlessGoneAsync(answer);
    }

    /// <summary>Has the worker run a function.</summary>
    /// <exception cref="IOException">The worker went before it was done.</exception>
    public async Task<InvocationResponse> InvokeAsync(InvocationRequest request)
    {
        var answer = invocations[request.InvocationId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(new StreamingMessage { InvocationRequest = request });
        return await UnlessGoneAsync(answer);
    }

    /// <summary>Says something to the worker.</summary>
    public void Send(StreamingMessage message) => outgoing.Writer.TryWrite(message);

    /// <summary>Nothing will come any more.</summary>
    public void End()
    {
        outgoing.Writer.TryComplete();
        gone.TrySetResult();
    }

    private async Task<T> UnlessGoneAsync<T>(TaskCompletionSource<T> answer)
    {
        await Task.WhenAny(answer.Task, gone.Task);
        return answer.Task.IsCompleted ? await answer.Task : throw new IOException("The worker has gone.");
    }

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (invocations.TryRemove(message.InvocationResponse.InvocationId, out var invocation))
                {
                    invocation.TrySetResult(message.InvocationResponse);
                }

                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                if (message.RpcLog.Level >= RpcLog.Types.Level.Warning)
                {
                    Log($"{message.RpcLog.Level} {message.RpcLog.Category}: {message.RpcLog.Message} {message.RpcLog.Exception?.Message}");
                }

                break;
            default:
                if (questions.TryRemove(message.RequestId, out var question))
                {
                    question.TrySetResult(message);
                }

                break;
        }
    }

    private async Task SendAllAsync(IServerStreamWriter<StreamingMessage> worker, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                await worker.WriteAsync(message, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or Grpc.Core.RpcException or InvalidOperationException)
        {
            // The worker has gone, and what was for it with it.
        }
    }
}
