using System.Globalization;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Graph;

/// <summary>The references behind the lists of followers and followed profiles.</summary>
public sealed class FollowLists(IDocumentStore documents)
{
    /// <summary>Buckets read at the same time: most profiles have few followers, and then most buckets are empty.</summary>
    private const int BucketsAtOnce = 4;

    private const int FewestRelations = 100;

    /// <summary>
    /// Followers, bucket by bucket and within one by id. A position is <c>{bucket}:{id of the last follower}</c>.
    /// </summary>
    public async ValueTask<ProfileChunk> FollowersAsync(string profileId, string? after, int limit, CancellationToken cancellationToken)
    {
        var (first, afterId) = Parse(after);
        var buckets = Enumerable.Range(first, Math.Min(BucketsAtOnce, FollowerDocument.Buckets - first)).ToList();
        var pages = await Task.WhenAll(buckets.Select(bucket => documents.QueryAsync<FollowerDocument>(
            new DocumentQuery(FollowerDocument.BucketOf(profileId, bucket), limit).After(bucket == first ? afterId : null), cancellationToken).AsTask()));

        var entries = new List<(string Position, string ProfileId)>();
        var next = Position(buckets[^1] + 1, null);
        foreach (var (bucket, page) in buckets.Zip(pages))
        {
            entries.AddRange(page.Items.Select(follower => (Position(bucket, follower.Id), follower.Id)));
            if (page.Next is { } last)
            {
                next = Position(bucket, last);
                break;
            }
        }

        if (entries.Count > limit)
        {
            entries.RemoveRange(limit, entries.Count - limit);
            next = entries[^1].Position;
        }

        return new(await StillFollowingAsync(profileId, entries, cancellationToken), Parse(next).Bucket < FollowerDocument.Buckets ? next : null);
    }

    /// <summary>Followed profiles, by id. A position is the id of the last one.</summary>
    public async ValueTask<ProfileChunk> FollowingAsync(string profileId, string? after, int limit, CancellationToken cancellationToken)
    {
        // Mutes and blocks lie between the follows.
        var query = new DocumentQuery(profileId, Math.Max(limit, FewestRelations)).After(after);
        var page = await documents.QueryAsync<RelationDocument>(query, cancellationToken);
        return new([.. page.Items.Where(relation => relation.Following).Select(relation => (relation.Id, relation.Id))], page.Next);
    }

    /// <summary>Buckets follow the relations after a moment; the relations themselves say how it is now.</summary>
    private async ValueTask<IReadOnlyList<(string Position, string ProfileId)>> StillFollowingAsync(
        string profileId, List<(string Position, string ProfileId)> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return entries;
        }

        var loaded = await documents.ReadManyAsync(
            [.. entries.Select(entry => DocumentKey.Of<RelationDocument>(entry.ProfileId, profileId))], cancellationToken);
        return [.. entries.Where(entry => loaded.Get<RelationDocument>(entry.ProfileId, profileId) is { Following: true })];
    }

    private static string Position(int bucket, string? id) => string.Create(CultureInfo.InvariantCulture, $"{bucket}:{id}");

    private static (int Bucket, string? AfterId) Parse(string? position)
    {
        if (position is null)
        {
            return (0, null);
        }

        var colon = position.IndexOf(':', StringComparison.Ordinal);
        var id = position[(colon + 1)..];
        return (int.Parse(position.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture), id.Length == 0 ? null : id);
    }
}
