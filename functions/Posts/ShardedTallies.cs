using System.Globalization;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;

namespace ServerlessSocial.Posts;

/// <summary>
/// Counts the likes of very popular posts. One partition takes about 10,000 RU/s, so the likes that such a post gets from then on are counted
/// in shards of their own, each exact like any tally, and what they have come to is brought together about once a second.
/// </summary>
public sealed class ShardedTallies(IDocumentStore documents, RecentDocuments recent, Dispatcher dispatcher, TimeProvider time, IOptions<TallyOptions> options)
{
    /// <summary>Counter of a post: what the likes in shards came to when they were last collected.</summary>
    public const string CollectedLikes = "collectedLikes";

    /// <summary>What a shard counts for.</summary>
    public static string SubjectOf(string postId, int shard) => string.Create(CultureInfo.InvariantCulture, $"{postId}:{shard}");

    /// <summary>The shard in which a new like of a post is to be counted; null for the post's own counters.</summary>
    public async ValueTask<int?> ShardOfAsync(string postId, string actorId, CancellationToken cancellationToken) =>
        await recent.FindAsync<StatsDocument>(postId, StatsDocument.CountersId, cancellationToken) is { } stats
        && stats[PostPresenter.LikesCounter] + stats[CollectedLikes] >= options.Value.PopularFrom
            ? 1 + (int)(uint.Parse(actorId.AsSpan(actorId.Length - 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) % (uint)options.Value.Shards)
            : null;

    /// <summary>Has the shards of posts collected soon: once for everything that is counted within <see cref="TallyOptions.CollectSeconds"/>.</summary>
    public async Task CollectLaterAsync(IReadOnlyCollection<string> postIds, CancellationToken cancellationToken)
    {
        if (postIds.Count == 0)
        {
            return;
        }

        var slot = time.GetUtcNow().ToUnixTimeSeconds() / options.Value.CollectSeconds;
        var end = DateTimeOffset.FromUnixTimeSeconds((slot + 1) * options.Value.CollectSeconds);
        await dispatcher.SendAsync(
            [.. postIds.Select(id => dispatcher.Waiting(CollectTallies.Queue, id, new WorkMessage(id, id, slot)))], cancellationToken, notBefore: end);
    }

    /// <summary>Adds up what the shards of a post have counted. However often and late, the newest sum stands.</summary>
    public async Task CollectAsync(string postId, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The post's counters first: if somebody collects in between, their sum is replaced by none that is older.
            var own = await documents.FindAsync<StatsDocument>(postId, StatsDocument.CountersId, cancellationToken);

            // Every shard there can be: likes may have been counted under another setting, before it was changed or by an instance that has another.
            var subjects = Enumerable.Range(1, TallyOptions.MostShards).Select(shard => SubjectOf(postId, shard)).ToList();
            var counted = await documents.ReadManyAsync([.. subjects.Select(subject => DocumentKey.Of<StatsDocument>(subject, StatsDocument.CountersId))], cancellationToken);
            var sum = subjects.Sum(subject => counted.Get<StatsDocument>(subject, StatsDocument.CountersId)?[PostPresenter.LikesCounter] ?? 0);
            if ((own?[CollectedLikes] ?? 0) == sum)
            {
                return;
            }

            var found = own ?? new StatsDocument { Id = StatsDocument.CountersId, SubjectId = postId };
            var collected = found with { Counters = new Dictionary<string, long>(found.Counters) { [CollectedLikes] = sum } };
            var written = own is null ? await documents.CreateAsync(collected, cancellationToken) : await documents.ReplaceAsync(collected, cancellationToken);
            if (written.NotThrottled().IsDone)
            {
                return;
            }
        }
    }
}
