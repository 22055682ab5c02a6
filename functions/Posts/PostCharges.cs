using Microsoft.Extensions.Options;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Posts;

/// <summary>What a post costs its author: itself, less when it is a reply, and the mentions of people who do not follow the author.</summary>
public sealed class PostCharges(IDocumentStore documents, RateLimiter limits, IOptions<LimitOptions> options)
{
    /// <summary>Charges for a post that is about to be written.</summary>
    /// <param name="http">The request.</param>
    /// <param name="authorId">Who writes it.</param>
    /// <param name="mentions">Whom it mentions.</param>
    /// <param name="answered">The post it answers; null for none.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>Null, or the error to answer with.</returns>
    public async ValueTask<Error?> ChargeAsync(
        HttpRequest http, string authorId, IReadOnlyList<PostMention> mentions, PostDocument? answered, CancellationToken cancellationToken)
    {
        var strangers = await StrangersAsync(authorId, mentions, answered?.AuthorId, cancellationToken);
        return (strangers > 0 ? await limits.RefusalAsync(http, Bucket.Mentions, strangers) : null)
            ?? await limits.ChargeAsync(http, Bucket.Posts, answered is null ? 1 : options.Value.ReplyShare)
            ?? (strangers > 0 ? await limits.ChargeAsync(http, Bucket.Mentions, strangers) : null);
    }

    /// <summary>Charges for people whom an edit mentions, and the post did not.</summary>
    /// <param name="http">The request.</param>
    /// <param name="authorId">Who edits it.</param>
    /// <param name="mentions">Whom it mentions besides.</param>
    /// <param name="replyTo">The post it answers; null for none.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>Null, or the error to answer with.</returns>
    public async ValueTask<Error?> ChargeMentionsAsync(
        HttpRequest http, string authorId, IReadOnlyList<PostMention> mentions, string? replyTo, CancellationToken cancellationToken) =>
        await StrangersAsync(authorId, mentions, replyTo is null ? null : OwnedIds.OwnerOf(replyTo), cancellationToken) is > 0 and var strangers
            ? await limits.ChargeAsync(http, Bucket.Mentions, strangers)
            : null;

    /// <summary>People mentioned who do not follow the author, whom the post does not answer either: what mentions are abused for.</summary>
    private async ValueTask<int> StrangersAsync(string authorId, IReadOnlyList<PostMention> mentions, string? answeredId, CancellationToken cancellationToken)
    {
        var others = mentions.Select(mention => mention.ProfileId).Where(id => id != authorId && id != answeredId).Distinct(StringComparer.Ordinal).ToList();
        if (others.Count == 0)
        {
            return 0;
        }

        var relations = await documents.ReadManyAsync([.. others.Select(id => DocumentKey.Of<RelationDocument>(id, authorId))], cancellationToken);
        return others.Count(id => relations.Get<RelationDocument>(id, authorId) is not { Following: true });
    }
}
