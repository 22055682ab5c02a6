using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Tests;

public sealed partial class HostTests
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
    public async Task Unknown_paths_are_problems_whatever_the_method()
    {
        await using var host = await TestHost.StartAsync();
        foreach (var method in (string[])["GET", "POST", "DELETE", "PROPFIND"])
        {
            using var response = await host.Anonymous.SendAsync(new HttpRequestMessage(new(method), "nothing/here"));

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            await AssertProblemAsync(response, "not-found");
        }
    }

    [Theory]
    [InlineData("DELETE", "health", "GET, HEAD")]
    [InlineData("POST", "openapi.json", "GET, HEAD")]
    [InlineData("PUT", "posts/1234", "DELETE, GET, HEAD, PATCH")]
    [InlineData("POST", "profiles/anna/follow", "DELETE, PUT")]
    public async Task A_wrong_method_is_a_problem_that_says_which_are_right(string method, string path, string allow)
    {
        await using var host = await TestHost.StartAsync();

        using var response = await host.Anonymous.SendAsync(new HttpRequestMessage(new(method), path));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allow, string.Join(", ", response.Content.Headers.Allow));
        await AssertProblemAsync(response, "method-not-allowed");
    }

    [Fact]
    public async Task A_body_of_another_type_is_a_problem_once_it_is_known_who_calls()
    {
        await using var host = await TestHost.StartAsync();
        var anna = await host.SignUpAsync("anna");
        using var text = new StringContent("hello");

        using var signedIn = await anna.Client.PostAsync("posts", text);
        using var anonymous = await host.Anonymous.PostAsync("posts", text);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, signedIn.StatusCode);
        await AssertProblemAsync(signedIn, "unsupported-media-type");
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
    }

    [Fact]
    public void What_no_other_function_takes_comes_last_in_the_Functions_hosts_order() =>
        Assert.Equal(nameof(ZNoSuchOperation), FunctionCatalog.Functions.Select(function => function.Name).Order(StringComparer.OrdinalIgnoreCase).Last());

    [Fact]
    public void No_route_hides_another_in_the_order_in_which_the_Functions_host_tries_them()
    {
        var routes = FunctionCatalog.TriggeredBy<HttpTriggerAttribute>().OrderBy(entry => entry.Function.Name, StringComparer.OrdinalIgnoreCase).ToList();
        for (var later = 0; later < routes.Count; later++)
        {
            var path = new PathString("/" + Parameter().Replace(routes[later].Trigger.Route!, "anything"));
            var hiding = routes.Take(later).Where(entry =>
                entry.Trigger.Methods.Intersect(routes[later].Trigger.Methods).Any() && new TemplateMatcher(TemplateParser.Parse(entry.Trigger.Route!), []).TryMatch(path, []));
            Assert.Empty(hiding.Select(entry => $"{entry.Trigger.Route} hides {routes[later].Trigger.Route}"));
        }
    }

    [Fact]
    public async Task Addresses_are_as_long_as_Azure_Functions_takes_them_and_no_longer()
    {
        await using var host = await TestHost.StartAsync();
        var root = host.Anonymous.BaseAddress!.ToString();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"health?q={new string('a', 4_096 - 2)}"));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, await StatusAsync($"health?q={new string('a', 4_096 - 1)}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(new string('a', 8_192 - root.Length)));
        Assert.Equal(HttpStatusCode.RequestUriTooLong, await StatusAsync(new string('a', 8_192 - root.Length + 1)));

        async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var response = await host.Anonymous.GetAsync(path);
            if (response.StatusCode == HttpStatusCode.RequestUriTooLong)
            {
                await AssertProblemAsync(response, "address-too-long");
            }

            return response.StatusCode;
        }
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private static async Task AssertProblemAsync(HttpResponseMessage response, string code)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"urn:serverless-social:problem:{code}", problem.GetProperty("type").GetString());
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
    }
}
