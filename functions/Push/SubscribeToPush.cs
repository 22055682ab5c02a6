using System.Buffers.Text;
using System.Security.Cryptography;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Push;

/// <summary>Keeps where the caller wants to be told of notifications.</summary>
public sealed class SubscribeToPush(IDocumentStore documents, RecentDocuments recent, PushEndpoints endpoints, TimeProvider time)
{
    private const int PointLength = 65;
    private const int SecretLength = 16;

    /// <summary>Have notifications pushed to a browser or device (Web Push, RFC 8030).</summary>
    /// <remarks>
    /// What is pushed is encrypted for the browser: <c>{"id", "kind", "count"}</c> of a notification that is new or grew, such as
    /// <c>{"id":"019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e:like","kind":"like","count":3}</c>, nothing that you may not see, have muted or have read. What is pushed again
    /// has the same id, good as the <c>tag</c> of what the browser shows. The same endpoint again replaces what was subscribed. A subscription ends when its
    /// service says that it has, when nothing has got through for a week, or when you delete it: do so when somebody signs out.
    /// </remarks>
    [Function(nameof(SubscribeToPush))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(NewPushSubscription))]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Created<PushSubscription>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "me/push")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (request, unreadable) = await http.ReadJsonAsync<NewPushSubscription>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var invalid = new Validation()
            .Note("endpoint", endpoints.Problem(request.Endpoint))
            .Require(request.Keys is not null, "keys", "Required.")
            .Require(request.Keys is null || IsPoint(request.Keys.P256dh), "keys.p256dh", "A public key of P-256: an uncompressed point, 65 bytes, base64url.")
            .Require(request.Keys is null || Bytes(request.Keys.Auth, SecretLength) is not null, "keys.auth", "16 bytes, base64url.")
            .Require(request.Kinds is not { Count: 0 }, "kinds", "At least one kind; left out, all of them.")
            .Error
            ?? new Validation().Note("endpoint", await endpoints.HostProblemAsync(request.Endpoint!, cancellationToken)).Error;
        if (invalid is not null)
        {
            return invalid;
        }

        var me = http.Me();
        var asked = new StoredPushSubscription(
            StoredPushSubscription.IdOf(request.Endpoint!), request.Endpoint!, request.Keys!.P256dh!, request.Keys.Auth!, KindsOf(request), time.GetUtcNow());
        var written = await documents.SetAsync<PushSubscriptionsDocument>(me, PushSubscriptionsDocument.SubscriptionsId, Add, cancellationToken);
        if (written?.Find(asked.Id) is not { } kept)
        {
            return new TooManyPushSubscriptions();
        }

        recent.Note(written, asked.CreatedAt);
        return TypedResults.Created("/api/me/push", PushSubscription.Of(kept));

        PushSubscriptionsDocument Add(PushSubscriptionsDocument? found)
        {
            var subscriptions = found ?? PushSubscriptionsDocument.For(me);
            return subscriptions.Find(asked.Id) is { } former ? subscriptions.With(asked with { CreatedAt = former.CreatedAt })
                : subscriptions.Subscriptions.Count >= PushSubscriptionsDocument.Most ? subscriptions
                : subscriptions.With(asked);
        }
    }

    private static IReadOnlyList<NotificationKind>? KindsOf(NewPushSubscription request) => request.Kinds is { } kinds ? [.. kinds.Distinct().Order()] : null;

    /// <summary>Whether a text is a point on the curve: one that is not would fail with every message.</summary>
    private static bool IsPoint(string? text)
    {
        if (Bytes(text, PointLength) is not [4, .. { Length: PointLength - 1 } point])
        {
            return false;
        }

        try
        {
            using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[..32], Y = point[32..] } });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[]? Bytes(string? text, int length)
    {
        var bytes = new byte[length];
        return text is { Length: <= PointLength * 2 } && Base64Url.IsValid(text, out var decoded) && decoded == length && Base64Url.TryDecodeFromChars(text, bytes, out _)
            ? bytes
            : null;
    }
}
