using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Posts;

/// <summary>Whom posts and bookmarks of others name, noted for the erasure of that person's account.</summary>
public static class PostReferences
{
    /// <summary>Prefix of notes about posts; behind it stands the post's id.</summary>
    public const string Post = "post:";

    /// <summary>Prefix of notes about bookmarks; behind it stand the actor's id and the post's, with a colon between.</summary>
    public const string Bookmark = "bookmark:";

    /// <summary>Everybody a post names besides its author, each once. Pure.</summary>
    public static IEnumerable<string> NamedIn(PostDocument post) =>
        new[] { post.ReplyTo, post.RootId, post.Quote }.OfType<string>().Select(OwnedIds.OwnerOf)
            .Concat(post.Mentions.Select(mention => mention.ProfileId))
            .Concat(post.Named)
            .Where(id => id != post.AuthorId && id != OwnedIds.Nobody)
            .Distinct(StringComparer.Ordinal);

    /// <summary>The notes of a post.</summary>
    public static IReadOnlyCollection<ReferenceDocument> Of(PostDocument post) => [.. NamedIn(post).Select(id => ReferenceDocument.Of(id, Post, post.Id))];

    /// <summary>The keys of the notes of a post.</summary>
    public static IReadOnlyCollection<DocumentKey> KeysOf(PostDocument post) => [.. NamedIn(post).Select(id => ReferenceDocument.KeyOf(id, Post, post.Id))];

    /// <summary>What stands behind the prefix in the note of a bookmark.</summary>
    public static string BookmarkKey(string actorId, string postId) => $"{actorId}:{postId}";

    /// <summary>A post that does not name a person any more whose account is gone. Threads still hang together. Pure.</summary>
    public static PostDocument Without(string goneId, PostDocument post) => post with
    {
        ReplyTo = post.ReplyTo is { } parent ? OwnedIds.Without(goneId, parent) : null,
        RootId = OwnedIds.Without(goneId, post.RootId),
        Quote = post.Quote is { } quote ? OwnedIds.Without(goneId, quote) : null,
        Mentions = Nameless(goneId, post.Mentions),
        Edit = post.Edit is { } edit && Nameless(goneId, edit.Mentions) is var wanted && !ReferenceEquals(wanted, edit.Mentions) ? edit with { Mentions = wanted } : post.Edit,
        Earlier = post.Earlier is { } earlier && Nameless(goneId, earlier.Mentions) is var said && !ReferenceEquals(said, earlier.Mentions)
            ? earlier with { Mentions = said }
            : post.Earlier,
        Named = post.Named.Contains(goneId) ? [.. post.Named.Where(id => id != goneId)] : post.Named,
    };

    private static IReadOnlyList<PostMention> Nameless(string goneId, IReadOnlyList<PostMention> mentions) => mentions.Any(mention => mention.ProfileId == goneId)
        ? [.. mentions.Select(mention => mention.ProfileId == goneId ? mention with { ProfileId = OwnedIds.Nobody } : mention)]
        : mentions;
}
