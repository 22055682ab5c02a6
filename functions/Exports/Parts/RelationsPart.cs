using System.Runtime.CompilerServices;
using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Exports.Parts;

/// <summary>
/// Whom the person follows, asks to follow, blocks and mutes, and who follows the person or asks to, in the columns of Mastodon's lists
/// (<c>app/models/export.rb</c> there; it knows no lists of requests, and of mutes not when they end). As in the API, nobody is named whom a block separates from the person, but in
/// the person's own lists of blocks and mutes.
/// </summary>
public sealed class RelationsPart(IDocumentStore documents, Followers followers) : IExportPart
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public string Name => "follows, blocks and mutes";

    /// <inheritdoc/>
    public async Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        await archive.WriteLinesAsync(
            "following_accounts.csv",
            "Account address,Show boosts,Notify on new posts,Languages",
            LinesAsync(archive, relation => relation.Following && !relation.Blocked, (relation, address) => $"{address},{(relation.HidesBoosts ? "false" : "true")},false,", cancellationToken),
            cancellationToken);
        await archive.WriteLinesAsync("followers.csv", "Account address", FollowersAsync(archive, cancellationToken), cancellationToken);
        await archive.WriteLinesAsync(
            "requested_accounts.csv", "Account address", LinesAsync(archive, relation => relation.Requested && !relation.Blocked, (_, address) => address, cancellationToken), cancellationToken);
        await archive.WriteLinesAsync("follow_requests.csv", "Account address", RequestsAsync(archive, cancellationToken), cancellationToken);
        await archive.WriteLinesAsync(
            "blocked_accounts.csv", null, LinesAsync(archive, relation => relation.Blocking, (_, address) => address, cancellationToken), cancellationToken);
        await archive.WriteLinesAsync(
            "muted_accounts.csv",
            "Account address,Hide notifications,Expires at",
            LinesAsync(archive, relation => relation.Muting, (relation, address) => $"{address},true,{relation.MutedUntil:yyyy-MM-dd'T'HH:mm:ss'Z'}", cancellationToken),
            cancellationToken);
    }

    private async IAsyncEnumerable<string> LinesAsync(
        ArchiveWriter archive, Func<RelationDocument, bool> holds, Func<RelationDocument, string, string> line, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<RelationDocument>(new DocumentQuery(archive.Profile.Id, PageSize).After(after), cancellationToken);
            var held = page.Items.Where(holds).ToDictionary(relation => relation.Id, StringComparer.Ordinal);
            foreach (var (id, handle) in await HandlesAsync([.. held.Keys], cancellationToken))
            {
                yield return line(held[id], archive.AddressOf(handle));
            }

            await archive.AliveAsync();
            if ((after = page.Next) is null)
            {
                yield break;
            }
        }
    }

    private async IAsyncEnumerable<string> FollowersAsync(ArchiveWriter archive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var bucket in FollowerShare.All(archive.Profile.Followers.Buckets))
        {
            for (FollowerShare? share = bucket; share is { } here;)
            {
                var page = await followers.PageAsync(archive.Profile, here, PageSize, cancellationToken);
                foreach (var (_, handle) in await HandlesAsync(await UnblockedAsync(archive, page.Ids, cancellationToken), cancellationToken))
                {
                    yield return archive.AddressOf(handle);
                }

                await archive.AliveAsync();
                share = page.Next is { } next ? here with { After = next } : null;
            }
        }
    }

    private async IAsyncEnumerable<string> RequestsAsync(ArchiveWriter archive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var me = archive.Profile.Id;
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<ListedProfile>(
                new DocumentQuery(ListedProfile.BucketOf(me, PersonalList.Requests), PageSize).After(after), cancellationToken);
            foreach (var (_, handle) in await HandlesAsync(await UnblockedAsync(archive, [.. page.Items.Select(entry => OwnedIds.OwnerOf(entry.Id))], cancellationToken), cancellationToken))
            {
                yield return archive.AddressOf(handle);
            }

            await archive.AliveAsync();
            if ((after = page.Next) is null)
            {
                yield break;
            }
        }
    }

    private async Task<IReadOnlyList<string>> UnblockedAsync(ArchiveWriter archive, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var me = archive.Profile.Id;
        var relations = await documents.ReadManyAsync([.. ids.Select(id => DocumentKey.Of<RelationDocument>(me, id))], cancellationToken);
        return [.. ids.Where(id => relations.Get<RelationDocument>(me, id) is not { Blocked: true })];
    }

    private async Task<IReadOnlyList<(string Id, string Handle)>> HandlesAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var loaded = await documents.ReadManyAsync([.. ids.Select(id => DocumentKey.Of<ProfileDocument>(id, id))], cancellationToken);
        return [.. ids.Select(loaded.Profile).OfType<ProfileDocument>().Select(profile => (profile.Id, profile.Handle))];
    }
}
