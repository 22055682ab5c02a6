using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Tests.Media;

namespace ServerlessSocial.Tests.Http;

/// <summary>What the local host alone has to answer for: its address, its command line.</summary>
public sealed class LocalHostTests
{
    [Fact]
    public async Task The_root_leads_to_the_documentation_and_unknown_pages_are_problems()
    {
        await using var host = await TestHost.StartAsync();
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = host.Root };

        using var root = await client.GetAsync("/");
        using var unknown = await client.GetAsync("/favicon.ico");
        using var docs = await host.Anonymous.GetAsync(new Uri(host.Root, "/"));

        Assert.Equal((HttpStatusCode.Redirect, "/docs"), (root.StatusCode, root.Headers.Location?.OriginalString));
        Assert.Equal("text/html", docs.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("not-found", await unknown.ProblemAsync());
    }

    [Fact]
    public async Task Heads_that_are_too_large_are_problems()
    {
        await using var host = await TestHost.StartAsync();
        using var many = new HttpRequestMessage(HttpMethod.Get, "health");
        for (var i = 0; i < 120; i++)
        {
            many.Headers.Add($"X-Field-{i}", "x");
        }

        using var large = new HttpRequestMessage(HttpMethod.Get, "health");
        large.Headers.Add("X-Field", new string('x', 33_000));

        foreach (var request in (HttpRequestMessage[])[many, large])
        {
            using var response = await host.Anonymous.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
            Assert.Equal("headers-too-large", await response.ProblemAsync());
        }

        using var longer = await host.Anonymous.GetAsync(new string('a', 40_000));
        Assert.Equal("address-too-long", await longer.ProblemAsync());
    }

    [Theory]
    [InlineData("--prot", "--prot")]
    [InlineData("--Fedes:PushLimit=5", "Fedes")]
    [InlineData("--Feeds:PushLimt=5", "Feeds:PushLimt")]
    [InlineData("--Feeds:PushLimit=many", "Feeds:PushLimit")]
    [InlineData("--Http:JsonDeadline=soon", "Http:JsonDeadline")]
    [InlineData("--Limits:Posts:Brst=5", "Brst")]
    public void A_setting_that_nobody_reads_is_refused_by_name(string argument, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => LocalHostOptions.Parse([argument])).Message, StringComparison.Ordinal);

    [Fact]
    public void Settings_that_there_are_pass() => Assert.Equal(
        5,
        LocalHostOptions.Parse(["--feeds:pushlimit=5", "--Limits:Posts:Burst=5", "--Moderation:Thresholds:Spam:Limit=0.5", "--Logging:LogLevel:Default=Debug", "--Http:Origins", "https://app.example"]).Settings.Count);

    /// <summary>Whatever is bound to a section says which, or the command line could not know it.</summary>
    [Fact]
    public async Task Every_settings_class_names_its_section()
    {
        var bound = new List<Type>();
        await using var host = await TestHost.StartAsync(configure: builder => bound.AddRange(builder.Services
            .Where(service => service.ServiceType.IsGenericType && service.ServiceType.GetGenericTypeDefinition() == typeof(IOptionsChangeTokenSource<>))
            .Select(service => service.ServiceType.GetGenericArguments()[0])
            .Where(type => type.Assembly == typeof(LocalHost).Assembly)));

        Assert.NotEmpty(bound);
        Assert.Empty(bound.Except(KnownSettings.Sections.Values));
    }
}
