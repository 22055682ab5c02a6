using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using ServerlessSocial.Filters;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Push;

/// <summary>A subscription as it is kept.</summary>
/// <param name="Id">Follows from the endpoint, so that the same one is there once; see <see cref="IdOf"/>.</param>
/// <param name="Endpoint">Address at the push service. Whoever knows it can send there, so that it is shown to its owner alone and never logged.</param>
/// <param name="P256dh">The browser's public key, an uncompressed point of P-256, base64url.</param>
/// <param name="Auth">The browser's secret, 16 bytes, base64url.</param>
/// <param name="Kinds">What is pushed there; null for everything.</param>
/// <param name="CreatedAt">Since when: what happened before is not pushed.</param>
/// <param name="FailingSince">Since when nothing has got through, for those that are to be given up; null where something has.</param>
public sealed record StoredPushSubscription(
    string Id, string Endpoint, string P256dh, string Auth, IReadOnlyList<NotificationKind>? Kinds, DateTimeOffset CreatedAt, DateTimeOffset? FailingSince = null)
{
    /// <summary>The id of an endpoint's subscription.</summary>
    public static string IdOf(string endpoint) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(endpoint)).AsSpan(0, 16));

    /// <summary>Whether notifications of a kind are pushed there.</summary>
    public bool Wants(NotificationKind kind) => Kinds is null || Kinds.Contains(kind);
}

/// <summary>
/// Where a profile wants to be told of notifications. One small document, so that whoever dispatches notifications pays one point read to learn that somebody
/// has none, and the limit holds without a race. May be recent: one that is new hears of notifications some seconds later, and whoever pushes reads it again.
/// </summary>
[PersonalData(Belongs.ToProfile)]
public sealed record PushSubscriptionsDocument : Document, IDocument<PushSubscriptionsDocument>, IMayBeRecent
{
    /// <summary>Most subscriptions of a profile: browsers and devices it is signed in with.</summary>
    public const int Most = 10;

    /// <summary>Id of the document within its partition.</summary>
    public const string SubscriptionsId = "push-subscriptions";

    /// <inheritdoc/>
    public static ContainerDefinition Container => FiltersDocument.Container;

    /// <summary>Profile that is told.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The subscriptions, the oldest first.</summary>
    public IReadOnlyList<StoredPushSubscription> Subscriptions { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>Key of a profile's subscriptions.</summary>
    public static DocumentKey KeyOf(string ownerId) => DocumentKey.Of<PushSubscriptionsDocument>(ownerId, SubscriptionsId);

    /// <summary>The document of somebody who has none yet.</summary>
    public static PushSubscriptionsDocument For(string ownerId) => new() { Id = SubscriptionsId, OwnerId = ownerId };

    /// <summary>The subscription of that id, or null.</summary>
    public StoredPushSubscription? Find(string id) => Subscriptions.FirstOrDefault(subscription => subscription.Id == id);

    /// <summary>The document with a subscription, in the place of the former one of the same endpoint if there is one.</summary>
    public PushSubscriptionsDocument With(StoredPushSubscription subscription) => Find(subscription.Id) is null
        ? this with { Subscriptions = [.. Subscriptions, subscription] }
        : this with { Subscriptions = [.. Subscriptions.Select(other => other.Id == subscription.Id ? subscription : other)] };

    /// <summary>The document without a subscription.</summary>
    public PushSubscriptionsDocument Without(string id) =>
        Find(id) is null ? this : this with { Subscriptions = [.. Subscriptions.Where(subscription => subscription.Id != id)] };
}
