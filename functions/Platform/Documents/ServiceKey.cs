using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace ServerlessSocial.Platform.Documents;

/// <summary>A random key that all instances of the service share; made once and kept in the document store.</summary>
public sealed record ServiceKeyDocument : Document, IDocument<ServiceKeyDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("keys", "/id");

    /// <summary>The key, base64.</summary>
    public required string Secret { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;
}

/// <summary>The key that authenticates cursors. A host loads it before it serves.</summary>
public sealed class ServiceKey
{
    private const string KeyId = "cursors";
    private byte[]? bytes;

    /// <summary>The key: 32 bytes.</summary>
    /// <exception cref="InvalidOperationException">It has not been loaded.</exception>
    public byte[] Bytes => bytes ?? throw new InvalidOperationException("The service key has not been loaded.");

    /// <summary>Loads the key, making it if this is the first start anywhere; whoever comes second takes the first one's.</summary>
    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        var document = await documents.SetAsync<ServiceKeyDocument>(
            KeyId,
            KeyId,
            found => found ?? new ServiceKeyDocument { Id = KeyId, Secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) },
            cancellationToken);
        bytes = Convert.FromBase64String(document!.Secret);
    }
}
