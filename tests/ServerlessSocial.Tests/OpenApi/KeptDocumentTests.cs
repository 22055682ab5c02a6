using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessSocial.Tests.OpenApi;

/// <summary>
/// The document that the Azure host serves is the one the local host makes, without what only the local host has. To write it anew:
/// <c>UPDATE_OPENAPI=1 dotnet test tests/ServerlessSocial.Tests --filter KeptDocument</c>.
/// </summary>
public sealed class KeptDocumentTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_kept_document_is_the_present_one()
    {
        await using var host = await TestHost.StartAsync();
        var document = JsonNode.Parse(await host.Anonymous.GetStringAsync("openapi.json"))!;
        var paths = document["paths"]!.AsObject();
        foreach (var local in paths.Select(path => path.Key).Where(path => path.StartsWith("/api/dev/", StringComparison.Ordinal)).ToList())
        {
            paths.Remove(local);
        }

        RemoveUnused(document);
        var present = document.ToJsonString(Readable) + "\n";
        var file = FileOf();
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(file, present);
        }

        Assert.True(
            await File.ReadAllTextAsync(file) == present,
            "The API changed. Look at the change, then write the document anew: UPDATE_OPENAPI=1 dotnet test tests/ServerlessSocial.Tests --filter KeptDocument");
    }

    /// <summary>Takes out the schemas that only the local host's own operations used, and those that only these used.</summary>
    private static void RemoveUnused(JsonNode document)
    {
        var schemas = document["components"]!["schemas"]!.AsObject();
        while (schemas.Select(schema => schema.Key).FirstOrDefault(name => !document.ToJsonString().Contains($"\"#/components/schemas/{name}\"", StringComparison.Ordinal)) is { } unused)
        {
            schemas.Remove(unused);
        }
    }

    private static string FileOf([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../functions/Hosts/Azure/openapi.json"));
}
