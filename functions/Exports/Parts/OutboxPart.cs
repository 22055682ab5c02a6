using System.Runtime.CompilerServices;
using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>outbox.json</c>: every post of the person that stands, whoever may see it, and every boost of what the person may see.</summary>
public sealed class OutboxPart(IDocumentStore documents, PostReader posts) : IExportPart
{
    private const int PageSize = 50;

    /// <inheritdoc/>
    public string Name => "posts";

    /// <inheritdoc/>
    public Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken) =>
        archive.WriteCollectionAsync("outbox.json", ActivitiesAsync(archive, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<object> ActivitiesAsync(ArchiveWriter archive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var me = archive.Profile.Id;
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<PostDocument>(new DocumentQuery(me, PageSize).After(after), cancellationToken);
            var standing = page.Items.Where(post => post.DeletedAt is null).ToList();
            var pictures = standing.SelectMany(post => post.Media).Select(media => media.Id).Distinct(StringComparer.Ordinal).ToList();
            var loaded = await documents.ReadManyAsync([.. pictures.Select(id => DocumentKey.Of<MediaDocument>(me, id))], cancellationToken);
            var extensions = pictures.Select(id => loaded.Get<MediaDocument>(me, id)).OfType<MediaDocument>().ToDictionary(media => media.Id, media => media.Extension, StringComparer.Ordinal);

            // What a post answers and quotes is named as the API names it: to whoever may see it.
            var seen = await posts.ReadAsync([.. standing.Select(post => new PostReference(post.Id, Place.Timeline))], new Viewer(me, IsModerator: false), cancellationToken);
            foreach (var (post, shown) in standing.Zip(seen))
            {
                yield return ActivityStreams.CreateOf(archive, post with { ReplyTo = shown?.ReplyTo, Quote = shown?.Quote }, extensions);
            }

            if ((after = page.Next) is null)
            {
                break;
            }
        }

        await foreach (var boost in documents.ReactionsAsync(posts, me, ReactionKind.Boost, cancellationToken))
        {
            yield return ActivityStreams.AnnounceOf(archive, boost);
        }
    }
}
