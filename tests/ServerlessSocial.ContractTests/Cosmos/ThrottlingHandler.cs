using System.Net;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>Between SDK and server: once told to, answers as an account does whose request units are used up.</summary>
internal sealed class ThrottlingHandler(HttpMessageHandler inner, Func<bool> isThrottled) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!isThrottled() || !request.RequestUri!.AbsolutePath.Contains("/docs", StringComparison.Ordinal))
        {
            return base.SendAsync(request, cancellationToken);
        }

        var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests)
        {
            RequestMessage = request,
            Content = new StringContent("""{"code":"429","message":"Request rate is large."}"""),
        };
        response.Headers.Add("x-ms-retry-after-ms", "7");
        response.Headers.Add("x-ms-substatus", "3200");
        response.Headers.Add("x-ms-request-charge", "0.38");
        return Task.FromResult(response);
    }
}
