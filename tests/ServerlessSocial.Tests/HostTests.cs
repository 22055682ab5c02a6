using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessSocial.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task A_fresh_host_answers_that_it_is_healthy()
    {
        await using var host = await TestHost.StartAsync();

        using var response = await host.Anonymous.GetAsync("health");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("ok", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Unknown_paths_and_wrong_methods_are_problems()
    {
        await using var host = await TestHost.StartAsync();

        using var unknown = await host.Anonymous.GetAsync("nothing/here");
        using var wrong = await host.Anonymous.DeleteAsync("health");

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("application/problem+json", unknown.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrong.StatusCode);
        Assert.Equal("application/problem+json", wrong.Content.Headers.ContentType?.MediaType);
    }
}
