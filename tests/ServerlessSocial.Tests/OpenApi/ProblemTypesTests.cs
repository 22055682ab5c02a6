using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ServerlessSocial.Hosts.Local;
using ServerlessSocial.Hosts.Local.OpenApi;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Tests.Infrastructure;

namespace ServerlessSocial.Tests.OpenApi;

/// <summary>
/// The page of all problem types is what the code declares. To write it anew: <c>UPDATE_OPENAPI=1 dotnet test tests/ServerlessSocial.Tests --filter ProblemTypes</c>.
/// </summary>
public sealed partial class ProblemTypesTests
{
    private const string Page = "functions/problems.md";

    [Fact]
    public void The_page_has_every_problem_type()
    {
        var present = Written();
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            File.WriteAllText(Repository.PathOf(Page), present);
        }

        Assert.True(
            Repository.Read(Page) == present, "Problem types changed. Write the page anew: UPDATE_OPENAPI=1 dotnet test tests/ServerlessSocial.Tests --filter ProblemTypes");
    }

    [Fact]
    public async Task The_document_names_every_problem_type()
    {
        await using var host = await TestHost.StartAsync();
        var document = await host.Anonymous.GetFromJsonAsync<JsonElement>("openapi.json");
        var type = document.GetProperty("components").GetProperty("schemas").GetProperty("ProblemDetails").GetProperty("properties").GetProperty("type");

        Assert.Equal(
            ProblemTypes.All.Select(problem => Error.TypePrefix + problem.Code), type.GetProperty("examples").EnumerateArray().Select(example => example.GetString()));
    }

    private static string Written()
    {
        var summaries = XDocument.Load(Path.ChangeExtension(typeof(LocalHost).Assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary"));
        var page = new StringBuilder("""
            # Problem types

            Every error is `application/problem+json` (RFC 9457): `type`, which clients may rely on, `title` and `detail`, which are for people and may change, `status`,
            `instance`, where fields are wrong `errors` by field, and `traceId`, which helps to find the request in the logs. The type is
            `urn:serverless-social:problem:` and the name below. Types come anew; one that a client does not know is treated by its status. What happens before a
            request reaches the service (at a proxy, or where an instance is starting) may have another body, or none.

            What to do: at `429` and `503` wait as long as `Retry-After` says, if it says anything, and repeat; at `408`, `500` and where no answer came, repeat with the same
            `Idempotency-Key`; at `412` read again; at `401` sign in again. Whatever else repeats as it is.

            This page is written by `ProblemTypesTests`.

            | name | status | when |
            |---|---|---|

            """);
        foreach (var problem in ProblemTypes.All)
        {
            var when = problem.Errors.Count == 0
                ? "The service itself failed."
                : string.Join(' ', problem.Errors.Select(error => Plain(summaries.GetValueOrDefault($"T:{error.FullName}"))).Distinct(StringComparer.Ordinal));
            page.Append(CultureInfo.InvariantCulture, $"| `{problem.Code}` | {problem.Status} | {when} |\n");
        }

        return page.ToString();
    }

    private static string Plain(XElement? summary)
    {
        Assert.NotNull(summary);
        foreach (var reference in summary.Descendants().Where(element => element.Name.LocalName is "see" or "c" or "paramref").ToList())
        {
            reference.ReplaceWith(reference.Name.LocalName == "c" ? $"`{reference.Value}`" : (reference.Attribute("cref") ?? reference.Attribute("name"))!.Value.Split('.')[^1]);
        }

        return Spaces().Replace(summary.Value.Trim(), " ");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
