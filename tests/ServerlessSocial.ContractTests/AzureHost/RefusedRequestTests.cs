using System.Net.Sockets;
using System.Text;
using ServerlessSocial.ContractTests.Azurite;
using ServerlessSocial.ContractTests.Running;
using Xunit.Abstractions;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>
/// Requests that the published worker's server refuses by itself. In Azure the platform refuses most of them before; asked directly the worker says the same as the local host.
/// </summary>
[Collection(AzureSuites.Name)]
[NeedsAzurite]
[NeedsNode]
public sealed class RefusedRequestTests(AzureHostFixture azure, ITestOutputHelper output) : AzureHostTests(azure, output)
{
    [ContractTheory]
    [InlineData("GET /api/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", "HTTP/1.1 400 ", "malformed")]
    [InlineData("GARBAGE\r\n\r\n", "HTTP/1.1 400 ", "malformed")]
    [InlineData("GET /api/health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "HTTP/1.1 400 ", "malformed")]
    public async Task What_the_server_refuses_is_told_as_a_problem(string request, string status, string code)
    {
        var server = new Uri((await Azure.Host.WorkerAsync()).HttpAddress);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());

        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.StartsWith(status, answer, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/problem+json\r\n", answer, StringComparison.Ordinal);
        Assert.Contains($"\"type\":\"urn:serverless-social:problem:{code}\"", answer, StringComparison.Ordinal);
    }
}
