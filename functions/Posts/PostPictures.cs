using Microsoft.Extensions.Options;
using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Posts;

/// <summary>Carries what was decided on pictures into the posts that show them.</summary>
public sealed class PostPictures(IDocumentStore documents, IOptions<ModerationOptions> options, TimeProvider time)
{
    /// <summary>The post with what is decided on its pictures now; the post itself if it has none, or all stands there already.</summary>
    /// <exception cref="StaleReadException">A picture is not examined yet: whoever asks must come again.</exception>
    public async ValueTask<PostDocument> ApplyAsync(PostDocument post, CancellationToken cancellationToken)
    {
        if (post.Media.Count == 0)
        {
            return post;
        }

        var loaded = await documents.ReadManyAsync(
            [.. post.Media.Select(picture => DocumentKey.Of<MediaDocument>(post.AuthorId, picture.Id)), DocumentKey.Of<ProfileDocument>(post.AuthorId, post.AuthorId)], cancellationToken);
        var found = post.Media.Select(picture => loaded.Get<MediaDocument>(post.AuthorId, picture.Id)).ToList();
        if (found.OfType<MediaDocument>().FirstOrDefault(media => media.Moderation.Status == ModerationStatus.Pending) is { } waiting)
        {
            throw new StaleReadException(MediaPipeline.ModerationQueue, waiting.Revision + 1, waiting.Revision);
        }

        // What is not there any more is not shown either.
        var pictures = post.Media.Zip(found, (picture, media) => media is null ? picture : picture with { Status = media.Moderation.Status }).ToList();

        // What was made here came from a description that was checked.
        var unseen = found.OfType<MediaDocument>().Any(media => media.Unseen && media.ImageJobId is null);
        var kept = unseen && IsNew(loaded.Get<ProfileDocument>(post.AuthorId, post.AuthorId), post.CreatedAt);
        return pictures.SequenceEqual(post.Media) && kept == post.KeptToFollowers ? post : post.WithPictures(pictures, kept, time.GetUtcNow());
    }

    private bool IsNew(ProfileDocument? author, DateTimeOffset at) =>
        author is not null && at < author.CreatedAt + TimeSpan.FromDays(options.Value.NewAccountDays);
}
