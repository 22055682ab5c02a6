using ServerlessSocial.ContractTests.AzureHost;

namespace ServerlessSocial.ContractTests.TwoHosts;

/// <summary>The table: what clients ask for, rightly and wrongly, in an order in which each row finds what it needs.</summary>
internal static class RequestTable
{
    private static readonly byte[] Picture = PlainPicture.Png(64, 48);

    /// <summary>Everything but moderators' calls comes from these; all have tokens, <c>ghost</c> has no profile.</summary>
    public static IReadOnlyList<string> Callers { get; } = ["ada", "ben", "cleo", "ghost", "mod"];

    /// <summary>Its rows.</summary>
    public static IReadOnlyList<TableRow> Rows { get; } =
    [
        // The service itself.
        new("nobody", "GET health"),
        new("nobody", "DELETE health"),
        new("nobody", "GET nothing/here"),

        // Sign-in and profiles.
        new("nobody", "GET me"),
        new("nobody", "POST posts", new { text = "Hello" }),
        new("nobody", "GET me") { Headers = Header("Authorization", "Bearer no.such.token") },
        new("nobody", "GET me") { Headers = Header("Authorization", "Basic YWRhOmFkYQ==") },
        new("ghost", "GET me"),
        new("ghost", "GET feed"),
        new("ghost", "POST posts", new { text = "Hello" }),
        new("ada", "POST profiles", new { handle = "ada", displayName = "Ada Lovelace", bio = "Engines." }) { Id = "ada" },
        new("ada", "POST profiles", new { handle = "ada_two", displayName = "Again" }),
        new("ben", "POST profiles", new { handle = "ADA", displayName = "Ben" }),
        new("ben", "POST profiles", new { handle = "b", displayName = string.Empty }),
        new("ben", "POST profiles", new { handle = "ben" }),
        new("ben", "POST profiles", "{ \"handle\": \"ben\", ") { ContentType = "application/json" },
        new("ben", "POST profiles", "handle=ben") { ContentType = "application/x-www-form-urlencoded" },
        new("ben", "POST profiles", "{ \"handle\": \"ben\", \"displayName\": 7 }") { ContentType = "application/json" },
        new("ben", "POST profiles", "[]") { ContentType = "application/json" },
        new("ben", "POST profiles"),
        new("ben", "POST profiles", new { handle = "ben", displayName = "Ben" }) { Id = "ben", Headers = Header("Idempotency-Key", "ben-1") },
        new("ben", "POST profiles", new { handle = "ben", displayName = "Ben" }) { Headers = Header("Idempotency-Key", "ben-1") },
        new("ben", "POST profiles", new { handle = "ben", displayName = "Benjamin" }) { Headers = Header("Idempotency-Key", "ben-1") },
        new("cleo", "POST profiles", new { handle = "cleo", displayName = "Cléo 🌊" }),
        new("mod", "POST profiles", new { handle = "mod", displayName = "Moderator" }),
        new("nobody", "GET profiles/Ada"),
        new("nobody", "GET profiles/nobody_at_all"),
        new("nobody", "GET profiles/%20%2e%2e"),
        new("ada", "GET me") { ETag = "me" },
        new("ada", "PATCH me", new { bio = "Analytical engines." }),
        new("ada", "PATCH me", new { bio = "Analytical engines." }) { Headers = Header("If-Match", "\"stale\"") },
        new("ada", "PATCH me", new { bio = "Analytical engines." }) { Headers = Header("If-Match", "{me}") },
        new("ada", "PATCH me", "{ \"bio\": null }") { ContentType = "application/json", Headers = Header("If-Match", "*") },

        // Following.
        new("ben", "GET feed"),
        new("ben", "PUT profiles/ada/follow"),
        new("ben", "PUT profiles/ada/follow"),
        new("ben", "PUT profiles/ben/follow"),
        new("ben", "PUT profiles/nobody_at_all/follow"),
        new("nobody", "GET profiles/ada/followers"),
        new("nobody", "GET profiles/ben/following?limit=1"),
        new("nobody", "GET profiles/ben/following?limit=0"),
        new("nobody", "GET profiles/ben/following?cursor=made-up"),

        // Posts.
        new("ada", "POST posts", new { text = "Good evening from the coast! #ocean @ben", language = "en" }) { Id = "first", Headers = Header("Idempotency-Key", "post-1") },
        new("ada", "POST posts", new { text = "Good evening from the coast! #ocean @ben", language = "en" }) { Headers = Header("Idempotency-Key", "post-1") },
        new("ada", "POST posts", new { text = string.Empty }),
        new("ada", "POST posts", new { text = new string('x', 5_001) }),
        new("ada", "POST posts", new { text = "x", visibility = "secret" }),
        new("ada", "POST posts", new { text = "x", replyTo = "nothing", media = new[] { new { id = "nothing" } }, language = "klingon?" }),
        new("ada", "POST posts", "{ \"text\": \"x\", \"text\": \"y\" }") { ContentType = "application/json" },
        new("ada", "POST posts", new { text = "For followers", visibility = "followers" }) { Id = "closed" },
        new("ada", "POST posts", new { text = "Something with [violence] in it" }) { Id = "harmful" },
        new("nobody", "GET posts/{first}"),
        new("ben", "GET posts/{first}"),
        new("nobody", "GET posts/{closed}"),
        new("ben", "GET posts/{closed}"),
        new("cleo", "GET posts/{closed}"),
        new("ben", "GET posts/{harmful}"),
        new("ada", "GET posts/{harmful}"),
        new("ada", "GET posts/{harmful}/moderation"),
        new("ben", "GET posts/{harmful}/moderation"),
        new("nobody", "GET posts/not-an-id"),
        new("nobody", "GET profiles/ada/posts?limit=1") { Next = "older" },
        new("nobody", "GET profiles/ada/posts?limit=1&cursor={older}"),
        new("nobody", "GET profiles/ben/posts?cursor={older}"),
        new("nobody", "GET tags/ocean"),
        new("nobody", "GET tags/OCEAN?limit=5"),
        new("ben", "POST posts", new { text = "A fine evening", replyTo = "{first}" }) { Id = "reply" },
        new("nobody", "GET posts/{first}/thread"),
        new("ben", "GET feed"),
        new("ben", "GET feed?limit=1") { Next = "more" },
        new("ben", "GET feed?limit=1&cursor={more}"),
        new("ada", "GET feed?cursor={more}"),
        new("ben", "GET feed?mode=loudest"),

        // Reactions and what they tell.
        new("ben", "PUT posts/{first}/like"),
        new("ben", "PUT posts/{first}/like"),
        new("cleo", "PUT posts/{closed}/like"),
        new("ben", "PUT posts/{first}/bookmark"),
        new("ben", "PUT posts/{first}/boost"),
        new("ben", "PUT posts/{closed}/boost"),
        new("ada", "GET posts/{first}"),
        new("ben", "GET me/likes"),
        new("ben", "GET me/bookmarks"),
        new("ada", "GET notifications"),
        new("ada", "POST notifications/read", new { }),
        new("ben", "DELETE posts/{first}/like"),
        new("nobody", "GET posts/{first}"),

        // Pictures.
        new("ada", "POST media?alt=A%20grey%20sea", Picture) { Id = "picture", Headers = Header("Idempotency-Key", "picture-1") },
        new("ada", "POST media?alt=A%20grey%20sea", Picture) { Headers = Header("Idempotency-Key", "picture-1") },
        new("ada", "POST media", "no picture") { ContentType = "image/png" },
        new("ada", "POST media", "no picture") { ContentType = "text/plain" },
        new("ghost", "POST media", Picture),
        new("ben", "GET media/{picture}"),
        new("ada", "GET media/{picture}"),
        new("ada", "POST posts", new { text = "The sea", media = new[] { new { id = "{picture}" } } }) { Id = "sea" },
        new("nobody", "GET media/{picture}") { ETag = "pixels" },
        new("nobody", "GET media/{picture}") { Headers = Header("If-None-Match", "{pixels}") },
        new("nobody", "GET media/{picture}") { Headers = Header("Range", "bytes=0-9") },
        new("nobody", "GET media/{picture}") { Headers = Header("Range", "bytes=999999-") },
        new("ada", "DELETE media/{picture}"),
        new("ada", "POST images", new { prompt = "a lighthouse", style = "watercolor" }) { Id = "image" },
        new("ada", "GET images/{image}"),
        new("ben", "GET images/{image}"),
        new("ada", "POST images", new { prompt = string.Empty, size = "1x1" }),
        new("ada", "POST images", new { prompt = "a [sexual] scene" }) { Id = "refused" },
        new("ada", "GET images/{refused}"),
        new("ada", "GET me/images"),

        // Moderation.
        new("ben", "GET moderation/held"),
        new("mod", "GET moderation/held"),
        new("mod", "POST moderation/posts/{first}/decision", new { decision = "limited", reason = "Look again." }),
        new("mod", "POST moderation/posts/{first}/decision", new { decision = "gone" }),
        new("ben", "POST moderation/posts/{first}/decision", new { decision = "approved" }),
        new("ada", "POST posts/{first}/moderation/appeal", new { reason = "It is an evening." }),
        new("ada", "POST posts/{first}/moderation/appeal", new { reason = "It is an evening." }),
        new("mod", "POST moderation/posts/{first}/decision", new { decision = "approved", reason = "It is." }),
        new("nobody", "GET posts/{first}"),

        // Blocks, and the end of things.
        new("ada", "PUT profiles/cleo/mute"),
        new("ada", "GET profiles/cleo"),
        new("ada", "PUT profiles/ben/block"),
        new("ben", "GET profiles/ada"),
        new("ben", "GET posts/{first}"),
        new("ben", "GET feed"),
        new("ada", "DELETE profiles/ben/block"),
        new("ben", "DELETE posts/{first}"),
        new("ada", "DELETE posts/{first}"),
        new("ada", "DELETE posts/{first}"),
        new("nobody", "GET posts/{first}"),
        new("nobody", "GET posts/{first}/thread"),
        new("nobody", "GET profiles/ada"),
    ];

    private static Dictionary<string, string> Header(string name, string value) => new() { [name] = value };
}
