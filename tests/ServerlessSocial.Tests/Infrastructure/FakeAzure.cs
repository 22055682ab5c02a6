using System.Text.Json;

namespace ServerlessSocial.Tests.Infrastructure;

/// <summary>A model as the fake catalog lists it.</summary>
internal sealed record CatalogModel(string Name, string Version, string Capability, string LifecycleStatus = "GenerallyAvailable", string Sku = "GlobalStandard");

/// <summary>
/// An <c>az</c> on a path of its own, which answers with what the real one prints (Azure CLI 2.7x, shortened to what is read), and fails
/// as it does where there is no answer.
/// </summary>
internal sealed class FakeAzure : IDisposable
{
    private const string Script = """
        #!/bin/sh
        name=""
        for word in "$@"; do
          case "$word" in --*) break ;; *) name="$name-$word" ;; esac
        done
        echo "$*" >> "$FAKE_AZURE/asked"
        if [ -f "$FAKE_AZURE/$name.json" ]; then
          while IFS= read -r line; do printf '%s\n' "$line"; done < "$FAKE_AZURE/$name.json"
        else
          echo "ERROR: ${name#-} was refused." >&2
          exit 1
        fi

        """;

    private readonly string folder = Directory.CreateTempSubdirectory("serverless-social-az-").FullName;

    /// <summary>Everything is there: signed in, the plan in four regions, the default models, quota for more than they take.</summary>
    public FakeAzure()
    {
        Variables = new()
        {
            ["PATH"] = folder,
            ["FAKE_AZURE"] = folder,
            ["AZURE_SUBSCRIPTION_ID"] = "00000000-0000-0000-0000-000000000001",
            ["AZURE_LOCATION"] = "swedencentral",
        };
        Answer("account show", new { state = "Enabled", user = new { name = "anna@example.org", type = "user" } });
        FlexRegions("eastus2", "swedencentral", "uaenorth", "westus3");
        Catalog(Chat, Image, Embedding);
        Quotas(("gpt-5.6-luna", 1000, 100), ("gpt-image-2", 3, 0), ("text-embedding-3-small", 350, 0));
    }

    public static CatalogModel Chat => new("gpt-5.6-luna", "2026-07-09", "chatCompletion");

    public static CatalogModel Image => new("gpt-image-2", "2026-04-21", "imageGenerations");

    public static CatalogModel Embedding => new("text-embedding-3-small", "1", "embeddings");

    /// <summary>What azd hands to its hook.</summary>
    public Dictionary<string, string> Variables { get; }

    /// <summary>What was asked, a command a line.</summary>
    public string Asked => File.Exists(Path.Combine(folder, "asked")) ? File.ReadAllText(Path.Combine(folder, "asked")) : "";

    /// <summary>Lets it be found.</summary>
    public void Install()
    {
        var az = Path.Combine(folder, "az");
        File.WriteAllText(az, Script.ReplaceLineEndings("\n"));
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The fake is a shell script.");
        }

        File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Answer(string command, object answer) =>
        File.WriteAllText(FileOf(command), JsonSerializer.Serialize(answer) + "\n");

    public void Refuse(string command) => File.Delete(FileOf(command));

    public void FlexRegions(params string[] regions) =>
        Answer("functionapp list-flexconsumption-locations", regions.Select(name => new { name }));

    public void Catalog(params CatalogModel[] models) => Answer("cognitiveservices model list", models.Select(model => new
    {
        kind = "OpenAI",
        model = new
        {
            capabilities = new Dictionary<string, string> { [model.Capability] = "true" },
            format = "OpenAI",
            lifecycleStatus = model.LifecycleStatus,
            name = model.Name,
            skus = new[] { new { name = model.Sku, usageName = $"OpenAI.{model.Sku}.{model.Name}" } },
            version = model.Version,
        },
        skuName = "S0",
    }));

    public void Quotas(params (string Model, double Limit, double Used)[] quotas) => Answer("cognitiveservices usage list", quotas.Select(quota => new
    {
        currentValue = quota.Used,
        limit = quota.Limit,
        name = new { localizedValue = quota.Model, value = $"OpenAI.GlobalStandard.{quota.Model}" },
        unit = "Count",
    }));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string FileOf(string command) => Path.Combine(folder, $"-{command.Replace(' ', '-')}.json");
}
