using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Moderation;

/// <summary>What moderators do that is put on record.</summary>
public enum AuditAct
{
    /// <summary>Took a case, and was shown what it is about.</summary>
    Claim,

    /// <summary>Looked at what others may not see.</summary>
    Look,

    /// <summary>Decided.</summary>
    Decide,
}

/// <summary>
/// An entry of the audit trail: written once and never changed. Each holds the hash of the one before it in its chain, so that whatever is
/// changed, inserted or taken out later shows. It holds ids of moderators and of what was made, none of whose it was, and no text of anybody's.
/// </summary>
[PersonalData(Belongs.ToNobody, Because = "Which moderator did what, and when, stays provable: no text of anybody's, and to take an entry out would break the chain.")]
public sealed record AuditEntryDocument : Document, IDocument<AuditEntryDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("audit", "/chain");

    /// <summary>The chain. The document's id is its number there, from 1.</summary>
    public required string Chain { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Profile of the moderator.</summary>
    public required string ModeratorId { get; init; }

    /// <summary>What they did.</summary>
    public required AuditAct Act { get; init; }

    /// <summary>
    /// In which case; of posts and pictures without whose they are, of profiles and accounts with a pseudonym in the profile's place: which person it was
    /// nobody can tell once they are gone, and still the entries about one belong together.
    /// </summary>
    public required string CaseId { get; init; }

    /// <summary>What exactly: the decision, and its end; null where the act says it all.</summary>
    public string? Detail { get; init; }

    /// <summary>Hash of the entry before; empty for the first one.</summary>
    public required string Before { get; init; }

    /// <summary>SHA-256 over everything above, in lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Chain;

    /// <summary>Name of a chain.</summary>
    public static string ChainOf(int shard) => string.Create(CultureInfo.InvariantCulture, $"audit:{shard}");

    /// <summary>Id of the entry with a number.</summary>
    public static string IdOf(long number) => number.ToString("D12", CultureInfo.InvariantCulture);

    /// <summary>The number of an entry.</summary>
    [JsonIgnore]
    public long Number => long.Parse(Id, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The hash that an entry with these contents has. Pure.</summary>
    public string ComputeHash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', Chain, Id, At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), ModeratorId, Act.ToString(), CaseId, Detail ?? string.Empty, Before))));

    /// <summary>Whether an entry is as it was written, and follows the one before it. Pure.</summary>
    /// <param name="before">The entry before; null for none.</param>
    public bool Follows(AuditEntryDocument? before) =>
        Hash == ComputeHash() && Before == (before?.Hash ?? string.Empty) && Number == (before?.Number ?? 0) + 1;
}

/// <summary>Writes the audit trail, and nothing else does: before an act takes effect, so that none is missing, whatever fails afterwards.</summary>
public sealed class AuditLog(IDocumentStore documents, ServiceKey secret, IOptions<ModerationOptions> options, TimeProvider time)
{
    /// <summary>Puts an act on record.</summary>
    /// <param name="moderatorId">Who acts; their chain is told by the random end of their id.</param>
    /// <param name="act">What they do.</param>
    /// <param name="caseId">In which case.</param>
    /// <param name="detail">What exactly; null where the act says it all. No text of anybody's.</param>
    /// <param name="cancellationToken">Stops it; the act must not take effect then.</param>
    public async Task AppendAsync(string moderatorId, AuditAct act, string caseId, string? detail, CancellationToken cancellationToken)
    {
        var shard = int.Parse(moderatorId.AsSpan(moderatorId.Length - 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) % options.Value.AuditShards;
        var chain = AuditEntryDocument.ChainOf(shard);
        while (true)
        {
            var last = (await documents.QueryAsync<AuditEntryDocument>(new DocumentQuery(chain, 1) { Descending = true }, cancellationToken)).Items;
            var entry = new AuditEntryDocument
            {
                Id = AuditEntryDocument.IdOf((last is [var before] ? before.Number : 0) + 1),
                Chain = chain,
                At = time.GetUtcNow(),
                ModeratorId = moderatorId,
                Act = act,
                CaseId = WithoutOwner(caseId),
                Detail = detail,
                Before = last is [var newest] ? newest.Hash : string.Empty,
                Hash = string.Empty,
            };

            // Whoever comes second to a number takes the next one.
            if ((await documents.CreateAsync(entry with { Hash = entry.ComputeHash() }, cancellationToken)).NotThrottled().IsDone)
            {
                return;
            }
        }
    }

    private string WithoutOwner(string caseId) =>
        !SubjectRef.TryParse(caseId, out var subject) ? caseId
        : subject.OwnerId != subject.Id ? caseId[..^(subject.OwnerId.Length + 1)]
        : caseId[..^subject.Id.Length] + secret.PseudonymOf(PseudonymUse.Audit, subject.Id);
}
