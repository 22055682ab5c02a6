using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// Turns what leaves a function as an exception into an answer, and requests whose head is too large; answers what pages of other origins ask first, before anything is
/// looked up or charged for. Both hosts call it around every HTTP function.
/// </summary>
public static partial class Failures
{
    /// <summary>Runs the rest of the request and answers for it if it throws.</summary>
    public static async Task GuardAsync(HttpContext http, Func<Task> next, ILogger log)
    {
        try
        {
            if (RequestLimits.Exceeded(http.Request) is { } tooLarge)
            {
                await tooLarge.ExecuteAsync(http);
                return;
            }

            if (CrossOrigin.IsPreflight(http.Request))
            {
                http.RequestServices.GetRequiredService<CrossOrigin>().AnswerPreflight(http);
                return;
            }

            await next();
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            http.Response.Clear();
            if (Problems.For(exception) is { } error)
            {
                if (exception is StoreUnavailableException)
                {
                    NoStore(log, http.Request.Method, http.GetEndpoint()?.DisplayName, exception.Message);
                }

                await error.ExecuteAsync(http);
                return;
            }

            Failed(log, exception, http.Request.Method, http.GetEndpoint()?.DisplayName);
            await Problems.WriteAsync(
                http, StatusCodes.Status500InternalServerError, "internal", "Something went wrong.", "The service failed; the trace id helps us to find out why.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} failed: {Trouble}")]
    private static partial void NoStore(ILogger log, string method, string? endpoint, string trouble);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} failed.")]
    private static partial void Failed(ILogger log, Exception exception, string method, string? endpoint);
}
