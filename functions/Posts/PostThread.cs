using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Posts;

/// <summary>A post in its conversation.</summary>
/// <param name="Ancestors">What it answers, from the first post of the thread down to its parent: the nearest twenty, and the first post.</param>
/// <param name="Post">The post itself.</param>
/// <param name="Replies">What answers it, as a tree in the order in which it is shown: each reply is followed by what answers that.</param>
[Example("""{ "ancestors": [], "post": { "id": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e.019a5c2e0000700080000000000000ab", "author": { "id": "019a5c2e0000700080000000000000ab", "handle": "anna", "displayName": "Anna 🌿", "kind": "human" }, "text": "Who comes along to the lake?", "media": [], "rootId": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e.019a5c2e0000700080000000000000ab", "visibility": "public", "replyPolicy": "everyone", "quotePolicy": "everyone", "tags": [], "mentions": [], "entities": [], "provenance": { "text": "human", "media": [] }, "moderation": { "status": "approved" }, "likes": 3, "boosts": 1, "replies": 2, "quotes": 0, "createdAt": "2026-11-22T10:15:00.000Z" }, "replies": { "items": [{ "depth": 1, "gone": true }] } }""")]
public sealed record PostThread(IReadOnlyList<ThreadItem> Ancestors, Post Post, Page<ThreadItem> Replies) : IListed
{
    /// <inheritdoc/>
    string? IListed.Next => Replies.Next;

    /// <inheritdoc/>
    IReadOnlyList<string> IListed.Beginnings => ["branch"];
}

/// <summary>A place in a thread.</summary>
/// <param name="Post">The post there; left out where <paramref name="Gone"/> is set.</param>
/// <param name="Depth">Steps from the post that was asked for: 1 answers it, 2 answers an answer; -1 is what it answers itself.</param>
/// <param name="ParentId">Id of the post it answers, if the caller may see that.</param>
/// <param name="Gone">A post stood here that is deleted, or that the caller may not see; what answers it follows. Left out where not.</param>
/// <param name="Branch">What <c>branch</c> takes to read further answers to this one; left out where there are none beyond those that follow.</param>
public sealed record ThreadItem(Post? Post, int Depth, string? ParentId, bool? Gone, string? Branch);
