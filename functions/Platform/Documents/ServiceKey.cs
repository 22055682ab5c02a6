using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Platform.Documents;

/// <summary>A random key that all instances of the service share; made once and kept in the document store.</summary>
[PersonalData(Belongs.ToNobody, Because = "The service's own keys.")]
public sealed record ServiceKeyDocument : Document, IDocument<ServiceKeyDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("keys", "/id");

    /// <summary>The key, base64; empty where a deployment goes on without that key, see <see cref="ServiceKey"/>.</summary>
    public required string Secret { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;
}

/// <summary>What a pseudonym is kept for.</summary>
public enum PseudonymUse
{
    /// <summary>What holds an account back, should it be deleted and begin anew.</summary>
    Restraint,

    /// <summary>Who decided in a moderation case, or reported it as a moderator.</summary>
    Case,

    /// <summary>Whose profile or account an entry of the audit trail is about.</summary>
    Audit,

    /// <summary>Whose notifications somebody accepted or put aside.</summary>
    NotificationPolicy,
}

/// <summary>
/// The keys of the service: one that authenticates cursors, one that account ids are made with, and one for pseudonyms. A host loads them before it
/// serves. They are made at the first start anywhere and lie in the store they serve, so that no deployment has a secret in its settings.
/// </summary>
public sealed class ServiceKey
{
    private const string CursorsId = "cursors";
    private const string AccountsId = "accounts";
    private const string PseudonymsId = "pseudonyms";

    private byte[]? cursors;
    private byte[]? accounts;
    private byte[]? pseudonyms;

    /// <summary>The key that authenticates cursors: 32 bytes.</summary>
    /// <exception cref="InvalidOperationException">It has not been loaded.</exception>
    public byte[] Bytes => cursors ?? throw new InvalidOperationException("The service key has not been loaded.");

    /// <summary>Keys that are known already, for tests.</summary>
    internal static ServiceKey Of(byte[] cursors, byte[] accounts) => new() { cursors = cursors, accounts = accounts, pseudonyms = accounts };

    /// <summary>
    /// Id of the account of an issuer's subject: HMAC-SHA-256 over both, so that no identity of another system is stored, and nobody who knows
    /// one can tell whether it is here. Stores of before there was a key go on with plain SHA-256.
    /// </summary>
    /// <exception cref="InvalidOperationException">The key has not been loaded.</exception>
    public string AccountIdOf(string issuer, string subject)
    {
        var key = accounts ?? throw new InvalidOperationException("The service key has not been loaded.");
        var identity = Encoding.UTF8.GetBytes($"{issuer}\n{subject}");
        return Convert.ToHexStringLower(key.Length == 0 ? SHA256.HashData(identity) : HMACSHA256.HashData(key, identity));
    }

    /// <summary>
    /// What stands for an account or a profile where something must still be known of it after it was deleted: HMAC-SHA-256 of its id under a key of its own.
    /// Nothing that is kept then holds the id itself, and nobody without the key can tell whose it was, or that two kinds of things were the same person's.
    /// </summary>
    /// <param name="use">What it is kept for: pseudonyms for different uses have nothing in common.</param>
    /// <param name="id">Id of the account, for what is to be known of whoever signs in the same way again; or of the profile.</param>
    /// <exception cref="InvalidOperationException">The key has not been loaded.</exception>
    public string PseudonymOf(PseudonymUse use, string id) => Convert.ToHexStringLower(HMACSHA256.HashData(
        pseudonyms ?? throw new InvalidOperationException("The service key has not been loaded."), Encoding.UTF8.GetBytes($"{use}\n{id}")));

    /// <summary>Loads the keys, making them if this is the first start anywhere; whoever comes second takes the first one's.</summary>
    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        // The accounts' first: a store that has the cursors' alone is of before there were two.
        var ofAccounts = await documents.FindAsync<ServiceKeyDocument>(AccountsId, AccountsId, cancellationToken);
        if (ofAccounts is null)
        {
            var isOld = await documents.FindAsync<ServiceKeyDocument>(CursorsId, CursorsId, cancellationToken) is not null;
            ofAccounts = await MakeAsync(documents, AccountsId, isOld ? [] : RandomNumberGenerator.GetBytes(32), cancellationToken);
        }

        var ofCursors = await MakeAsync(documents, CursorsId, RandomNumberGenerator.GetBytes(32), cancellationToken);
        var ofPseudonyms = await MakeAsync(documents, PseudonymsId, RandomNumberGenerator.GetBytes(32), cancellationToken);
        pseudonyms = Convert.FromBase64String(ofPseudonyms.Secret);
        accounts = Convert.FromBase64String(ofAccounts.Secret);
        cursors = Convert.FromBase64String(ofCursors.Secret);
    }

    private static async Task<ServiceKeyDocument> MakeAsync(IDocumentStore documents, string id, byte[] secret, CancellationToken cancellationToken) =>
        (await documents.SetAsync<ServiceKeyDocument>(
            id, id, found => found ?? new ServiceKeyDocument { Id = id, Secret = Convert.ToBase64String(secret) }, cancellationToken))!;
}
