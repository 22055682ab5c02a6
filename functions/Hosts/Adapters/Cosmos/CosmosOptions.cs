using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Hosts.Adapters.Cosmos;

/// <summary>Settings section <c>Cosmos</c>. The names beginning in lower case are those the Functions host reads for its own connection.</summary>
public sealed class CosmosOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Cosmos";

    /// <summary>Endpoint of the account, such as <c>https://NAME.documents.azure.com:443/</c>.</summary>
    public string AccountEndpoint { get; set; } = string.Empty;

    /// <summary>Key of the account, for emulators alone: in Azure a managed identity signs in.</summary>
    public string? AccountKey { get; set; }

    /// <summary>Name of the database.</summary>
    public string Database { get; set; } = DocumentDatabase.Name;

    /// <summary>Creates database and containers that are missing, for emulators alone: in Azure <c>infra/</c> does.</summary>
    public bool CreateIfMissing { get; set; }

    /// <summary>Accepts whatever certificate the endpoint shows, for emulators alone.</summary>
    public bool AcceptAnyCertificate { get; set; }

    /// <summary>Groups many small writes into few calls; off for servers that know no batches.</summary>
    public bool Bulk { get; set; } = true;
}
