using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServerlessSocial.Hosts.Local;

namespace ServerlessSocial.Tests;

public sealed class WarmUpTests
{
    [Fact]
    public async Task After_the_warm_up_no_first_request_waits_for_its_function_to_be_compiled()
    {
        var data = Directory.CreateTempSubdirectory("warm-").FullName;
        await using (var app = await LocalHost.BuildAsync(new LocalHostOptions(0, data, LocalCommand.Serve)))
        {
            await app.StartAsync();
            var functions = app.Services.GetRequiredService<EndpointDataSource>().Endpoints
                .Select(endpoint => endpoint.Metadata.GetMetadata<Lazy<RequestDelegate>>()).OfType<Lazy<RequestDelegate>>().ToList();
            Assert.NotEmpty(functions);
            Assert.DoesNotContain(functions, function => function.IsValueCreated);
            await WarmUp.RunAsync(app);
            Assert.All(functions, function => Assert.True(function.IsValueCreated));
            await app.StopAsync();
        }

        Directory.Delete(data, recursive: true);
    }
}
