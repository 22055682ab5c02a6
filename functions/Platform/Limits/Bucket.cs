namespace ServerlessSocial.Platform.Limits;

/// <summary>What a caller has a limited amount of; each fills again by itself. How much of each: <see cref="LimitOptions"/>.</summary>
public enum Bucket
{
    /// <summary>
    /// Whatever only looks, and every request that another bucket pays for when it is carried out. A list costs as many as its page has twenties.
    /// </summary>
    Reads,

    /// <summary>Reads without a token, and requests that are refused before anybody is known; by address.</summary>
    AnonymousReads,

    /// <summary>Pictures fetched: many at once, and cheap.</summary>
    Pictures,

    /// <summary>Changes that reach nobody else: settings, deletions, blocks, mutes, what was read.</summary>
    Changes,

    /// <summary>Posts, and replies at <see cref="LimitOptions.ReplyShare"/> of a post each.</summary>
    Posts,

    /// <summary>Mentions of people who do not follow the author.</summary>
    Mentions,

    /// <summary>Follows.</summary>
    Follows,

    /// <summary>Likes, boosts and bookmarks.</summary>
    Reactions,

    /// <summary>Pictures uploaded.</summary>
    Uploads,

    /// <summary>Bytes uploaded.</summary>
    UploadBytes,

    /// <summary>New profiles; by address, whoever asks.</summary>
    SignUps,

    /// <summary>Reports and appeals.</summary>
    Reports,

    /// <summary>What a generating model is called for.</summary>
    ModelCalls,

    /// <summary>What moderators do.</summary>
    Moderation,
}

/// <summary>Declares what running an HTTP function costs its caller, beside who may run it. Every HTTP function has one; a test sees to it.</summary>
/// <param name="bucket">Where a unit is taken from, before the body is read. Without a token, reads are the address's.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LimitAttribute(Bucket bucket) : Attribute
{
    /// <summary>Where it is taken from.</summary>
    public Bucket Bucket { get; } = bucket;

    /// <summary>
    /// The request costs a read, and the function takes from the bucket itself, by <see cref="RateLimiter.ChargeAsync"/>, once it knows what is to
    /// be done: a repeat of what was answered then costs no more. Of an empty bucket nothing is to be had, so the body is not read either.
    /// </summary>
    public bool WhenCarriedOut { get; init; }
}
