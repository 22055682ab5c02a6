using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Posts.Editing;

/// <summary>
/// Sees to what a post said before an edit: keeps it, and takes the post from tags and people that it does not name any more. The worker that projects does so, because
/// it notices when the post was deleted or edited meanwhile. Every step may be repeated.
/// </summary>
public sealed class EditTraces(IDocumentStore documents, PostProjection projection, PostNotifications notifications)
{
    /// <summary>Sees to an earlier version of a post, if there is one to be seen to.</summary>
    public async Task SettleAsync(PostDocument post, CancellationToken cancellationToken)
    {
        if (post.Earlier is not { } earlier)
        {
            return;
        }

        if (post.DeletedAt is null && earlier.Version is { } version)
        {
            await documents.UpsertManyAsync([PostVersionDocument.Of(post.Id, earlier.Number, version)], cancellationToken);
            await DescribeAsync(post, version, cancellationToken);
        }

        var before = post with { Tags = earlier.Tags, Mentions = earlier.Mentions };
        await projection.LeaveTagsAsync(before, post, cancellationToken);
        await notifications.WithdrawAsync(before, post, cancellationToken);
    }

    /// <summary>The pictures themselves are described as they are in the post: when it is written anew they still are.</summary>
    private async ValueTask DescribeAsync(PostDocument post, PostVersion before, CancellationToken cancellationToken)
    {
        foreach (var (picture, _) in post.Media.Zip(before.Alts).Where(pair => (pair.First.Alt ?? string.Empty) != pair.Second))
        {
            await documents.UpdateAsync<MediaDocument>(
                post.AuthorId, picture.Id, media => media.PostId == post.Id && media.Alt != picture.Alt ? media with { Alt = picture.Alt } : null, cancellationToken);
        }
    }
}
