using System.Runtime.CompilerServices;
using ServerlessSocial.Filters;
using ServerlessSocial.Graph;
using ServerlessSocial.Lists;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;
using ServerlessSocial.Push;
using ServerlessSocial.Tags;

namespace ServerlessSocial.Exports.Parts;

/// <summary>
/// The person's lists, in the columns of Mastodon's (<c>app/models/export.rb</c> there: name of the list and account address, without a header), the tags
/// they follow, their filters and muted threads, whose notifications they want, and where they are pushed. Who blocks the person is not named.
/// </summary>
public sealed class PreferencesPart(IDocumentStore documents, PostReader posts) : IExportPart
{
    /// <inheritdoc/>
    public string Name => "lists, tags and filters";

    /// <inheritdoc/>
    public async Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        var me = archive.Profile.Id;
        var loaded = await documents.ReadManyAsync(
            [DocumentKey.Of<ListsDocument>(me, ListsDocument.ListsId), FollowedTagsDocument.KeyOf(me), FiltersDocument.KeyOf(me), NotificationPolicyDocument.KeyOf(me), PushSubscriptionsDocument.KeyOf(me)], cancellationToken);
        var lists = loaded.Get<ListsDocument>(me, ListsDocument.ListsId)?.Standing ?? [];
        var tags = loaded.Get<FollowedTagsDocument>(me, FollowedTagsDocument.TagsId);
        var filters = loaded.Get<FiltersDocument>(me, FiltersDocument.FiltersId);
        await archive.WriteLinesAsync("lists.csv", null, MembersAsync(archive, lists, cancellationToken), cancellationToken);
        await archive.WriteJsonAsync("lists.json", lists.Select(ProfileList.Of), cancellationToken);
        await archive.WriteLinesAsync("followed_tags.csv", "Hashtag", (tags?.Tags ?? []).Select(tag => Quoted(tag.Name)).ToAsyncEnumerable(), cancellationToken);
        await archive.WriteJsonAsync(
            "filters.json",
            new { Filters = (filters?.Filters ?? []).Select(Filter.Of), MutedThreads = await ThreadsAsync(archive, filters?.MutedThreads ?? [], cancellationToken) },
            cancellationToken);
        var policy = loaded.Get<NotificationPolicyDocument>(me, NotificationPolicyDocument.PolicyId) ?? NotificationPolicyDocument.For(me);
        await archive.WriteJsonAsync("notification_policy.json", NotificationPolicy.Of(policy), cancellationToken);

        // Without the keys: they are the browser's, and of use to nobody but whoever would push there.
        var push = loaded.Get<PushSubscriptionsDocument>(me, PushSubscriptionsDocument.SubscriptionsId)?.Subscriptions ?? [];
        await archive.WriteJsonAsync("push_subscriptions.json", push.Select(one => new { one.Id, one.Endpoint, one.Kinds, one.CreatedAt, one.FailingSince }), cancellationToken);
    }

    /// <summary>Addresses of the first posts that the person may still see.</summary>
    private async Task<IReadOnlyList<string>> ThreadsAsync(ArchiveWriter archive, IReadOnlyList<string> rootIds, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var some in rootIds.Chunk(100))
        {
            var seen = await posts.ReadAsync(
                [.. some.Select(rootId => new PostReference(rootId, Place.Kept))], new Viewer(archive.Profile.Id, IsModerator: false), cancellationToken);
            found.AddRange(seen.OfType<Post>().Select(post => archive.UriOfPost(post.Id)));
            await archive.AliveAsync();
        }

        return found;
    }

    private async IAsyncEnumerable<string> MembersAsync(ArchiveWriter archive, IReadOnlyList<StoredList> lists, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var me = archive.Profile.Id;
        foreach (var list in lists)
        {
            var members = (await documents.FindAsync<ListMembersDocument>(me, ListMembersDocument.IdOf(list.Id), cancellationToken))?.Members ?? [];
            foreach (var some in members.Select(member => member.ProfileId).Chunk(100))
            {
                var loaded = await documents.ReadManyAsync(
                    [.. some.Select(id => DocumentKey.Of<ProfileDocument>(id, id)), .. some.Select(id => DocumentKey.Of<RelationDocument>(me, id))], cancellationToken);
                foreach (var profile in some.Where(id => loaded.Get<RelationDocument>(me, id) is not { Blocked: true }).Select(loaded.Profile).OfType<ProfileDocument>())
                {
                    yield return $"{Quoted(list.Name)},{archive.AddressOf(profile.Handle)}";
                }

                await archive.AliveAsync();
            }
        }
    }

    /// <summary>A field of a line (RFC 4180), in quotation marks where it needs them.</summary>
    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(",\"\n\r") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
