using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Platform.Identity;

/// <summary>Who is calling: one account per issuer and subject, one profile per account.</summary>
[PersonalData(Belongs.Elsewhere, Because = "Goes last of all: until then its calls are refused.")]
public sealed record AccountDocument : Document, IDocument<AccountDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("accounts", "/id");

    /// <summary>
    /// The account's profile; once set it stays. Null while one is being made: setting it, under the ETag, is what makes a profile
    /// the account's.
    /// </summary>
    public string? ProfileId { get; init; }

    /// <summary>
    /// The deletion that its owner asked for: from then on no call of the account is answered, until nothing is left of it and the same
    /// sign-in may begin anew. Null while it stands.
    /// </summary>
    public string? DeletionId { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;
}
