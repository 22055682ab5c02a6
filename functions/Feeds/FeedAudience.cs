using Microsoft.Extensions.Options;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Feeds;

/// <summary>
/// Decides whether an author's posts are delivered to feeds or fetched by whoever reads. What counts are followers who read lately, so that accounts
/// made to follow a victim and do nothing else change nothing; and nothing is decided for good, so that those who do read are forgotten when they stop.
/// Notes by the way who is known here by now, because it counts followers anyway.
/// </summary>
public sealed class FeedAudience(IDocumentStore documents, Followers followers, TimeProvider time, IOptions<FeedOptions> options, IOptions<ProfileOptions> profiles)
{
    /// <summary>
    /// Most followers for each that may read: delivery looks at every follower, whether it writes to them or not, so beyond ten times the limit posts are
    /// fetched whoever reads.
    /// </summary>
    private const int MostFollowersPerReader = 10;

    private const int SampleSize = 1_000;

    /// <summary>How long an estimate holds.</summary>
    private static readonly TimeSpan Recount = TimeSpan.FromHours(6);

    /// <summary>Decides for an author who posts, and notes a decision that changed on the profile before anyone acts on it.</summary>
    /// <param name="author">The author.</param>
    /// <param name="postId">The post: its random part tells which followers are looked at, so that nobody can choose them.</param>
    /// <param name="cancellationToken">Stops; it may be repeated.</param>
    /// <returns>The author as decided, and about how many follow.</returns>
    public async ValueTask<(ProfileDocument Author, long Followers)> DecideAsync(ProfileDocument author, string postId, CancellationToken cancellationToken)
    {
        var count = await followers.CountAsync(author.Id, cancellationToken);
        var limit = options.Value.ReadersFrom(author.Pulled);
        var now = time.GetUtcNow();
        var (pulled, counted) = count <= limit ? (false, false)
            : count > (long)options.Value.PushLimit * MostFollowersPerReader ? (true, false)
            : author.ReadersCountedAt > now - Recount ? (author.Pulled, false)
            : (await ReadersAsync(author, count, postId, now, cancellationToken) > limit, true);
        var known = author.Known || count >= profiles.Value.KnownFrom;
        if (pulled == author.Pulled && known == author.Known && !counted)
        {
            return (author, count);
        }

        var decided = await documents.UpdateAsync<ProfileDocument>(
            author.Id,
            author.Id,
            found => found with
            {
                Pulled = pulled,
                PulledAnnounced = pulled == found.Pulled && found.PulledAnnounced,
                ReadersCountedAt = counted ? now : found.ReadersCountedAt,
                Known = found.Known || known,
            },
            cancellationToken);
        return (decided ?? author, count);
    }

    /// <summary>About how many followers read lately: their share in one bucket, which is a random sample, of all.</summary>
    private async ValueTask<long> ReadersAsync(ProfileDocument author, long count, string postId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var buckets = author.Followers.Buckets;
        var share = new FollowerShare(buckets, FollowerLayout.HomeOf(postId[..Ids.Length], buckets));
        var sample = (await followers.PageAsync(author, share, SampleSize, cancellationToken)).Ids;
        var heads = await documents.ReadManyAsync([.. sample.Select(id => DocumentKey.Of<FeedHead>(id, FeedHead.HeadId))], cancellationToken);
        var readers = sample.Count(id => options.Value.IsActive(heads.Get<FeedHead>(id, FeedHead.HeadId), now));
        return sample.Count == 0 ? count : count * readers / sample.Count;
    }
}
