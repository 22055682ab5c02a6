using System.Text.Json.Serialization;
using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Notifications;

/// <summary>What becomes of notifications of certain people; Mastodon's values.</summary>
public enum PolicyAction
{
    /// <summary>They come like any other.</summary>
    Accept,

    /// <summary>They are kept back, and who they are from is listed among the requests.</summary>
    [StandsForUnknown]
    Filter,

    /// <summary>They are shown nowhere.</summary>
    Drop,
}

/// <summary>A person about whom the owner of a policy decided.</summary>
/// <param name="Pseudonym">Stands for the profile, so that nothing is to be taken out here when it is deleted.</param>
/// <param name="Accepted">Whether notifications come whatever the policy says; else the request is dismissed until there is something newer.</param>
/// <param name="DecidedAt">When the owner decided.</param>
public sealed record NotificationConsent(string Pseudonym, bool Accepted, DateTimeOffset DecidedAt);

/// <summary>
/// Whose notifications a profile wants. It is decided when they are read, like filters: a policy that changes holds for what is old as for what is new.
/// </summary>
[PersonalData(Belongs.ToProfile)]
public sealed record NotificationPolicyDocument : Document, IDocument<NotificationPolicyDocument>
{
    /// <summary>Id of the document within its partition.</summary>
    public const string PolicyId = "notification-policy";

    /// <summary>Most people about whom is remembered what was decided: beyond them the oldest decision is forgotten.</summary>
    public const int MostConsents = 500;

    /// <summary>How long an account counts as new, as on Mastodon.</summary>
    public static readonly TimeSpan New = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public static ContainerDefinition Container => Filters.FiltersDocument.Container;

    /// <summary>Profile whose policy it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>What becomes of notifications from people whom the owner does not follow.</summary>
    public PolicyAction NotFollowing { get; init; }

    /// <summary>What becomes of notifications from accounts younger than <see cref="New"/> that the owner does not follow.</summary>
    public PolicyAction NewAccounts { get; init; }

    /// <summary>What was decided about single people, the oldest decision first.</summary>
    public IReadOnlyList<NotificationConsent> Consents { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>Key of a profile's policy.</summary>
    public static DocumentKey KeyOf(string ownerId) => DocumentKey.Of<NotificationPolicyDocument>(ownerId, PolicyId);

    /// <summary>The policy of somebody who never set one: everything comes.</summary>
    public static NotificationPolicyDocument For(string ownerId) => new() { Id = PolicyId, OwnerId = ownerId };

    /// <summary>What becomes of what somebody did: the strictest of what applies. Pure.</summary>
    /// <param name="pseudonym">Stands for who did it.</param>
    /// <param name="isFollowed">Whether the owner follows them.</param>
    /// <param name="since">When their profile was created.</param>
    /// <param name="now">The time.</param>
    public PolicyAction ActionFor(string pseudonym, bool isFollowed, DateTimeOffset since, DateTimeOffset now) =>
        isFollowed || Find(pseudonym) is { Accepted: true } ? PolicyAction.Accept
        : since > now - New ? (PolicyAction)Math.Max((int)NotFollowing, (int)NewAccounts)
        : NotFollowing;

    /// <summary>What was decided about somebody; null for nothing.</summary>
    public NotificationConsent? Find(string pseudonym) => Consents.FirstOrDefault(consent => consent.Pseudonym == pseudonym);

    /// <summary>The policy with a decision about somebody, in the place of an earlier one.</summary>
    public NotificationPolicyDocument With(NotificationConsent consent) =>
        this with { Consents = [.. Consents.Where(other => other.Pseudonym != consent.Pseudonym).TakeLast(MostConsents - 1), consent] };
}
