using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace ServerlessSocial.ContractTests.AzureHost;

/// <summary>What walks through the published worker have in common: people who sign up, and the worker's log beside a test that failed.</summary>
public abstract class AzureHostTests(AzureHostFixture azure, ITestOutputHelper output) : IClassFixture<AzureHostFixture>, IDisposable
{
    private readonly List<Person> people = [];

    /// <summary>The published worker and the servers it uses.</summary>
    protected AzureHostFixture Azure { get; } = azure;

    public void Dispose()
    {
        people.ForEach(person => person.Dispose());
        foreach (var line in Azure.Log)
        {
            output.WriteLine(line);
        }

        GC.SuppressFinalize(this);
    }

    private protected async Task<Person> SignUpAsync(string handle, string? role = null)
    {
        var person = Add(Azure.Services.Issuer.Token(handle, role));
        await person.DoAsync("POST profiles", new { handle, displayName = handle });
        return person;
    }

    /// <summary>The items of a list.</summary>
    private protected static IEnumerable<JsonNode> Items(JsonNode list) => list["items"]!.AsArray().Select(item => item!);

    private protected Person Nobody() => Add(null);

    private Person Add(string? token)
    {
        people.Add(new Person(Azure.Host.Address, token));
        return people[^1];
    }
}
