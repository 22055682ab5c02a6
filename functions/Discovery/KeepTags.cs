using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Discovery;

/// <summary>As many tags are kept out as may be.</summary>
public sealed record TooManyKeptTags() : Error(
    ErrorKind.Conflict, "too-many-kept-tags", $"{KeptTagsDocument.MostTags} hashtags are kept out, the most there may be; let one in again first.");

/// <summary>Keeps hashtags from being suggested, or lets them be again. It is put on record first.</summary>
public sealed class TagKeeper(IDocumentStore documents, AuditLog audit)
{
    /// <summary>Decides about a tag.</summary>
    /// <returns>Null, or why not.</returns>
    public async ValueTask<Error?> DecideAsync(string tag, bool keep, string moderatorId, CancellationToken cancellationToken)
    {
        if (TextEntities.NormalizeTag(tag) is not { } name)
        {
            return new InvalidFields("tag", "This cannot be a hashtag.");
        }

        await audit.AppendAsync(moderatorId, AuditAct.Decide, $"tag:{name}", keep ? "keep-out" : "let-in", cancellationToken);
        var written = await documents.SetAsync<KeptTagsDocument>(
            KeptTagsDocument.TagsId,
            KeptTagsDocument.TagsId,
            found => With(found ?? new() { Id = KeptTagsDocument.TagsId }, name, keep),
            cancellationToken);
        return keep && written?.Tags.Contains(name) != true ? new TooManyKeptTags() : null;
    }

    private static KeptTagsDocument With(KeptTagsDocument document, string tag, bool keep) =>
        document.Tags.Contains(tag) == keep || (keep && document.Tags.Count >= KeptTagsDocument.MostTags) ? document
        : document with { Tags = keep ? [.. document.Tags.Append(tag).Order(StringComparer.Ordinal)] : [.. document.Tags.Where(kept => kept != tag)] };
}

/// <summary>Keeps a hashtag from being suggested.</summary>
public sealed class KeepTagOut(TagKeeper keeper)
{
    /// <summary>Keep a hashtag from being suggested.</summary>
    /// <remarks>For moderators. From then on it is in no list of what is talked about, nor are posts with it, and is not found by its beginning; its own page stays. On record in the audit trail.</remarks>
    [Function(nameof(KeepTagOut))]
    [Access(Access.Moderator)]
    [Limit(Bucket.Moderation)]
    [Answers(ErrorKind.Conflict, ErrorKind.Invalid)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "moderation/tags/{tag}")] HttpRequest http, string tag, CancellationToken cancellationToken) =>
        await keeper.DecideAsync(tag, keep: true, http.Me(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();
}

/// <summary>Lets a hashtag be suggested again.</summary>
public sealed class LetTagIn(TagKeeper keeper)
{
    /// <summary>Let a hashtag be suggested again.</summary>
    /// <remarks>For moderators. Where it is not kept out nothing changes. On record in the audit trail.</remarks>
    [Function(nameof(LetTagIn))]
    [Access(Access.Moderator)]
    [Limit(Bucket.Moderation)]
    [Answers(ErrorKind.Invalid)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "moderation/tags/{tag}")] HttpRequest http, string tag, CancellationToken cancellationToken) =>
        await keeper.DecideAsync(tag, keep: false, http.Me(), cancellationToken) is { } refused ? refused : TypedResults.NoContent();
}

/// <summary>A hashtag that is kept from being suggested.</summary>
/// <param name="Name">The tag, normalised, without its sign.</param>
[Example("""{ "name": "ocean" }""")]
public sealed record KeptTag(string Name);

/// <summary>Lists hashtags that are kept from being suggested.</summary>
public sealed class ListKeptTags(Trends trends, Cursors cursors)
{
    /// <summary>List the hashtags that are kept from being suggested.</summary>
    /// <remarks>For moderators. By the alphabet.</remarks>
    [Function(nameof(ListKeptTags))]
    [Access(Access.Moderator)]
    [Limit(Bucket.Moderation)]
    [Paged]
    public async Task<Results<Ok<Page<KeptTag>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "moderation/tags")] HttpRequest http, CancellationToken cancellationToken)
    {
        const string list = "kept-tags";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        var (items, next) = page.CutFrom(await trends.KeptAsync(cancellationToken), tag => new KeptTag(tag), tag => tag);
        return TypedResults.Ok(new Page<KeptTag>(items, cursors.Make(list, next)));
    }
}
