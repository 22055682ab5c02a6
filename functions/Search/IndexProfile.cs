using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Pipelines;
using ServerlessSocial.Platform.Queues;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Search;

/// <summary>Keeps what somebody is found by as they want it: their name, and page by page their posts.</summary>
public sealed class IndexProfile(IDocumentStore documents, Worker worker, PostIndex posts)
{
    /// <summary>Posts of one run: in Azure about 1,500 request units.</summary>
    private const int PostsAtOnce = 100;

    /// <summary>Does what is due, and says on the profile how far it is.</summary>
    [Function(nameof(IndexProfile))]
    [Access(Access.System)]
    public Task RunAsync([ServiceBusTrigger(ProfilePipeline.IndexQueue, Connection = "ServiceBus")] WorkMessage message, CancellationToken cancellationToken) =>
        worker.RunAsync<ProfilePipeline, ProfileDocument>(ProfilePipeline.IndexQueue, message, profile => IndexAsync(profile, cancellationToken), cancellationToken);

    private async Task IndexAsync(ProfileDocument profile, CancellationToken cancellationToken)
    {
        if (profile.FindableAs != profile.FoundAs)
        {
            if (profile.FindableAs is null)
            {
                await documents.DeleteAsync<PersonEntry>(profile.Id, profile.Id, cancellationToken);
            }
            else
            {
                await documents.UpsertManyAsync([PersonEntry.Of(profile)], cancellationToken);
            }
        }

        var indexed = profile.PostsIndexed;
        if (profile.HasPostsToIndex)
        {
            var after = indexed?.Indexable == profile.Indexable ? indexed.After : null;
            indexed = new(profile.Indexable, await posts.EnterAllAsync(profile.Id, profile.Indexable, after, PostsAtOnce, cancellationToken));
        }

        await documents.UpdateAsync<ProfileDocument>(profile.Id, profile.Id, now => now with { FoundAs = profile.FindableAs, PostsIndexed = indexed }, cancellationToken);
    }
}
