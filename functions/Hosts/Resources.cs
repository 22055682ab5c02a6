using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using ServerlessSocial.Feeds;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Hosts;

/// <summary>A role the service's identity needs on a resource so that an adapter can work.</summary>
/// <param name="Resource">Section of <c>infra/resources.json</c>: the resource the role is assigned on.</param>
/// <param name="Adapter">Who needs it.</param>
/// <param name="Name">Name of the built-in role.</param>
/// <param name="Id">GUID of the role definition; for Cosmos DB, of its own data-plane definition.</param>
public sealed record ResourceRole(string Resource, string Adapter, string Name, string Id);

/// <summary>
/// What the Azure build needs around it, declared once: <c>infra/resources.json</c>, which Bicep loads, and the emulators' queues are
/// written from here. Regenerate both with <c>UPDATE_RESOURCES=1 dotnet test --filter ResourcesTests</c>.
/// </summary>
public static class Resources
{
    /// <summary>Name of the Cosmos DB database.</summary>
    public const string Database = DocumentDatabase.Name;

    /// <summary>Container in which Cosmos DB triggers remember how far they have come.</summary>
    public const string LeaseContainer = DocumentDatabase.Leases;

    /// <summary>Blob container of images and exports.</summary>
    public const string MediaContainer = "media";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Every container of the database, the triggers' leases among them.</summary>
    public static IReadOnlyList<ContainerDefinition> Containers { get; } =
        [.. Product.Containers.Append(new(LeaseContainer, "/id")).OrderBy(container => container.Name, StringComparer.Ordinal)];

    /// <summary>The functions a post passes on its way into feeds, which each scale alone and which <c>infra/</c> may keep warm.</summary>
    public static IReadOnlyList<string> PostFunctions { get; } =
        [nameof(DispatchPosts), nameof(ModeratePost), nameof(ProjectPost), nameof(FanOutPostBucket)];

    /// <summary>Settings the Azure host and its triggers bind, as an environment names them. None of them is a secret.</summary>
    public static IReadOnlyList<string> Settings { get; } =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AZURE_CLIENT_ID",
        "AzureFunctionsJobHost__logging__logLevel__default",
        "AzureWebJobsStorage__blobServiceUri",
        "AzureWebJobsStorage__clientId",
        "AzureWebJobsStorage__credential",
        "Cosmos__Database",
        "Cosmos__accountEndpoint",
        "Cosmos__clientId",
        "Cosmos__credential",
        "Http__Origins",
        "Identity__Audience",
        "Identity__Authority",
        "Identity__RoleClaim",
        "Logging__LogLevel__Default",
        "Media__Container",
        "Media__ServiceUri",
        "OTEL_TRACES_SAMPLER",
        "OTEL_TRACES_SAMPLER_ARG",
        "OpenAI__ChatInputPrice",
        "OpenAI__ChatModel",
        "OpenAI__ChatOutputPrice",
        "OpenAI__EmbeddingModel",
        "OpenAI__EmbeddingPrice",
        "OpenAI__Endpoint",
        "OpenAI__ImageModel",
        "OpenAI__ImagePrice",
        "OpenAI__VisionModel",
        "Provenance__Credential",
        "Push__Subject",
        "ServiceBus__clientId",
        "ServiceBus__credential",
        "ServiceBus__fullyQualifiedNamespace",
    ];

    /// <summary>Settings that only a developer's machine has: keys and connection strings of emulators, and what prepares an empty one.</summary>
    public static IReadOnlyList<string> DevelopmentSettings { get; } =
    [
        "AzureWebJobsStorage",
        "Cosmos",
        "Cosmos__AcceptAnyCertificate",
        "Cosmos__AccountKey",
        "Cosmos__CreateIfMissing",
        "Media__ConnectionString",
        "OpenAI__ApiKey",
        "ServiceBus",
    ];

    /// <summary>The least each adapter can work with.</summary>
    public static IReadOnlyList<ResourceRole> Roles { get; } =
    [
        new("cosmos", "documents and change feeds", "Cosmos DB Built-in Data Contributor", "00000000-0000-0000-0000-000000000002"),
        new("hostStorage", "Functions host: locks, timers, the deployed package", "Storage Blob Data Owner", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"),
        new("mediaStorage", "media", "Storage Blob Data Contributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
        new("monitoring", "traces and metrics", "Monitoring Metrics Publisher", "3913510d-42f4-4e42-8a64-420c390055eb"),
        new("openAi", "text, image and embedding models", "Cognitive Services OpenAI User", "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"),
        new("serviceBus", "queues: sending", "Azure Service Bus Data Sender", "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"),
        new("serviceBus", "queues: triggers", "Azure Service Bus Data Receiver", "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"),
    ];

    /// <summary>The text of <c>infra/resources.json</c>. A time to live of -1 leaves expiry to the documents.</summary>
    public static string ToJson() => Text(new
    {
        Database,
        Containers = Containers.Select(container => new
        {
            container.Name,
            container.PartitionKeyPath,
            DefaultTimeToLive = container.DefaultTimeToLive ?? -1,
            container.ChangeFeed,
            Indexed = (container.Order?.Properties ?? []).Where(property => property != "id").Select(property => $"/{property}"),
            container.Searchable,
        }),
        Queues = Product.Queues.Select(queue => new
        {
            queue.Name,
            LockDuration = Iso(queue.LockDuration),
            queue.MaxDeliveryCount,
            DuplicateDetectionWindow = Iso(queue.DuplicateDetectionWindow),
        }),
        PostFunctions,
        BlobContainers = new[] { MediaContainer },
        Settings,
        Roles = Roles.GroupBy(role => role.Resource).ToDictionary(group => group.Key, group => group.Select(role => new { role.Adapter, role.Name, role.Id })),
    });

    /// <summary>
    /// The configuration of the Service Bus emulator with the same queues. It keeps messages for an hour at most; its longest
    /// duplicate window is not documented, so it remembers ids for five minutes at most.
    /// </summary>
    public static string ToEmulatorJson(IEnumerable<QueueDefinition> queues)
    {
        var longest = TimeSpan.FromMinutes(5);
        return Text(new Dictionary<string, object>
        {
            ["UserConfig"] = new Dictionary<string, object>
            {
                ["Namespaces"] = new[]
                {
                    new Dictionary<string, object>
                    {
                        ["Name"] = "sbemulatorns",
                        ["Queues"] = queues.Select(queue => new Dictionary<string, object>
                        {
                            ["Name"] = queue.Name,
                            ["Properties"] = new Dictionary<string, object>
                            {
                                ["DeadLetteringOnMessageExpiration"] = true,
                                ["DefaultMessageTimeToLive"] = "PT1H",
                                ["DuplicateDetectionHistoryTimeWindow"] = Iso(queue.DuplicateDetectionWindow < longest ? queue.DuplicateDetectionWindow : longest),
                                ["ForwardDeadLetteredMessagesTo"] = "",
                                ["ForwardTo"] = "",
                                ["LockDuration"] = Iso(queue.LockDuration),
                                ["MaxDeliveryCount"] = queue.MaxDeliveryCount,
                                ["RequiresDuplicateDetection"] = true,
                                ["RequiresSession"] = false,
                            },
                        }),
                        ["Topics"] = Array.Empty<object>(),
                    },
                },
                ["Logging"] = new Dictionary<string, object> { ["Type"] = "Console" },
            },
        });
    }

    private static string Iso(TimeSpan duration) => XmlConvert.ToString(duration);

    private static string Text(object value) => JsonSerializer.Serialize(value, Json) + "\n";
}
