using System.Globalization;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>
/// Moves a profile's followers to another number of buckets. First everyone is copied to where they will be, then the profile says that they
/// are there, then what is left where they were is cleared away: so the buckets that are read are complete at every moment. Each step may be
/// repeated, and each message does one page.
/// </summary>
public sealed class MoveFollowers(IDocumentStore documents, Dispatcher dispatcher, Worker worker, IOptions<GraphOptions> options)
{
    /// <summary>Name of the queue.</summary>
    public const string Queue = "follower-moves";

    private const int MostPage = 1_000;

    /// <summary>Declares the queue.</summary>
    public static QueueDefinition Definition { get; } = new(Queue);

    /// <summary>Takes a message about a profile whose followers move; it tells how far they are.</summary>
    [Function(nameof(MoveFollowers))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(Queue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunShareAsync<ProfileDocument>(Queue, message, profile => MoveAsync(message, profile, cancellationToken), cancellationToken);

    /// <summary>Does what a message asks for, and sends on what is left to do.</summary>
    private async Task MoveAsync(WorkMessage message, ProfileDocument profile, CancellationToken cancellationToken)
    {
        // A position tells the step it belongs to: one of another step begins the present one anew.
        var layout = profile.Followers;
        var from = layout.Next is null ? layout.Before : layout.Buckets;
        if (from is not { } buckets)
        {
            await dispatcher.StrikeAsync(Queue, message.WaitingId!, cancellationToken);
            return;
        }

        var step = layout.Steps.ToString(CultureInfo.InvariantCulture);
        var position = message.After?.Split('/') is [var of, var share] && of == step ? FollowerShare.Parse(share) : new FollowerShare(buckets, 0);
        if (await MovePageAsync(profile, position, cancellationToken) is { } next)
        {
            await SendAsync(message, $"{step}/{next}", profile.Revision, cancellationToken);
            return;
        }

        var after = await documents.UpdateAsync<ProfileDocument>(
            profile.Id, profile.Id, found => found.Followers == layout ? found with { Followers = layout.Advanced() } : found, cancellationToken);
        await SendAsync(message, $"{step}/end", after?.Revision ?? profile.Revision, cancellationToken);
    }

    private async Task SendAsync(WorkMessage message, string after, long revision, CancellationToken cancellationToken) =>
        await dispatcher.SendAsync([dispatcher.Waiting(Queue, message.WaitingId!, message.Untried() with { After = after, Revision = revision })], cancellationToken);

    /// <summary>Does a page of a bucket; returns where to go on, or null at the end of the last bucket.</summary>
    private async Task<FollowerShare?> MovePageAsync(ProfileDocument profile, FollowerShare position, CancellationToken cancellationToken)
    {
        var clearing = profile.Followers.Next is null;
        var home = profile.Followers.Next ?? profile.Followers.Buckets;
        var query = new DocumentQuery(FollowerDocument.BucketOf(profile.Id, position.Bucket), Math.Min(MostPage, options.Value.FollowersPerBucket)).After(position.After);
        var page = await documents.QueryAsync<FollowerDocument>(query, cancellationToken);
        var strangers = page.Items.Select(follower => follower.Id).Where(id => FollowerLayout.HomeOf(id, home) != position.Bucket).ToList();
        if (strangers.Count > 0)
        {
            await BringHomeAsync(profile.Id, strangers, home, cancellationToken);
            if (clearing)
            {
                await documents.DeleteManyAsync([.. strangers.Select(id => FollowerDocument.KeyOf(profile.Id, position.Bucket, id))], cancellationToken);
            }
        }

        return page.Next is { } last ? position with { After = last } : position.Following;
    }

    /// <summary>Writes followers to where they belong, unless they are there.</summary>
    private async Task BringHomeAsync(string profileId, IReadOnlyList<string> followers, int buckets, CancellationToken cancellationToken)
    {
        var present = await documents.ReadManyAsync([.. followers.Select(Home)], cancellationToken);
        var missing = followers.Where(id => present.Get<FollowerDocument>(Home(id).PartitionKey, id) is null).ToList();

        // Who stops following, or begins to, meanwhile has said so in the relation first: whatever was done here must agree with it afterwards.
        var writing = missing.ToHashSet();
        for (var removing = new HashSet<string>(); missing.Count > 0;)
        {
            await documents.UpsertManyAsync([.. writing.Select(id => new FollowerDocument { Id = id, Bucket = Home(id).PartitionKey })], cancellationToken);
            await documents.DeleteManyAsync([.. removing.Select(Home)], cancellationToken);
            var relations = await documents.ReadManyAsync([.. missing.Select(id => DocumentKey.Of<RelationDocument>(id, profileId))], cancellationToken);
            var following = missing.Where(id => relations.Get<RelationDocument>(id, profileId) is { Following: true }).ToHashSet();
            missing = [.. missing.Where(id => following.Contains(id) ? removing.Contains(id) : writing.Contains(id))];
            (writing, removing) = ([.. missing.Where(following.Contains)], [.. missing.Where(id => !following.Contains(id))]);
        }

        DocumentKey Home(string id) => FollowerDocument.KeyOf(profileId, FollowerLayout.HomeOf(id, buckets), id);
    }
}
