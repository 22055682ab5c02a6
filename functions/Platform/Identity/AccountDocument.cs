using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Identity;

/// <summary>Who is calling: one account per issuer and subject, one profile per account.</summary>
public sealed record AccountDocument : Document, IDocument<AccountDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("accounts", "/id");

    /// <summary>
    /// The account's profile; once set it stays. Null while one is being made: setting it, under the ETag, is what makes a profile
    /// the account's.
    /// </summary>
    public string? ProfileId { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;

    /// <summary>Id of the account of an issuer's subject: SHA-256 over both, so that no identity of another system is stored.</summary>
    public static string IdOf(string issuer, string subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}")));
}
