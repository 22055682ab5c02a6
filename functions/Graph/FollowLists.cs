using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>The lists of followers and followed profiles.</summary>
public sealed class FollowLists(IDocumentStore documents, Followers followers, ProfileFinder profiles, ProfilePager pager, Cursors cursors)
{
    /// <summary>Buckets read at the same time: of a profile with many followers each is about equally full.</summary>
    private const int BucketsAtOnce = 4;

    /// <summary>Reads a page of who follows a profile.</summary>
    public ValueTask<Outcome<Page<Profile>>> ReadFollowersAsync(HttpRequest http, string handle, CancellationToken cancellationToken) =>
        ReadAsync(http, handle, "followers", FollowersAsync, cancellationToken);

    /// <summary>Reads a page of whom a profile follows.</summary>
    public ValueTask<Outcome<Page<Profile>>> ReadFollowingAsync(HttpRequest http, string handle, CancellationToken cancellationToken) =>
        ReadAsync(http, handle, "following", FollowingAsync, cancellationToken);

    private async ValueTask<Outcome<Page<Profile>>> ReadAsync(
        HttpRequest http,
        string handle,
        string name,
        Func<ProfileDocument, string?, int, CancellationToken, ValueTask<ProfileChunk>> read,
        CancellationToken cancellationToken)
    {
        var (profile, view) = await profiles.FindAndViewAsync(handle, Viewer.Of(http), cancellationToken);
        if (profile is null)
        {
            return new Missing("profile");
        }

        var list = $"{name}:{profile.Id}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        if (invalid is not null)
        {
            return invalid;
        }

        return view == ProfileView.Reduced
            ? new Page<Profile>([], null)
            : await pager.ReadAsync(list, page, http.ViewerId(), (after, limit) => read(profile, after, limit, cancellationToken), evenHidden: false, cancellationToken);
    }

    private ValueTask<ProfileChunk> FollowersAsync(ProfileDocument profile, string? after, int limit, CancellationToken cancellationToken) =>
        profile.ListsFollowers
            ? MarksAsync(profile, after, limit, cancellationToken)
            : BucketsAsync(profile, after, limit, cancellationToken);

    /// <summary>Followers, the newest first, from the marks they left when they were counted. A position is the id of the last one's follow.</summary>
    private async ValueTask<ProfileChunk> MarksAsync(ProfileDocument profile, string? after, int limit, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<TallyMark>(TallyMark.InOrderOfAct(profile.Id, ProfilePresenter.FollowersCounter, limit).After(after), cancellationToken);
        return new(await StillFollowingAsync(profile.Id, [.. page.Items.Select(mark => (mark.At!, mark.Fact))], cancellationToken), page.Next);
    }

    /// <summary>
    /// Followers of a profile from before their marks said when they came, bucket by bucket and within one by id, in the division the list began with. A position is a <see cref="FollowerShare"/>.
    /// </summary>
    private async ValueTask<ProfileChunk> BucketsAsync(ProfileDocument profile, string? after, int limit, CancellationToken cancellationToken)
    {
        var first = after is null ? new FollowerShare(profile.Followers.Buckets, 0) : FollowerShare.Parse(after);
        var shares = new List<FollowerShare>();
        for (FollowerShare? share = first; share is { } here && shares.Count < BucketsAtOnce; share = here.Following)
        {
            shares.Add(here);
        }

        var pages = await Task.WhenAll(shares.Select(share => followers.PageAsync(profile, share, limit, cancellationToken).AsTask()));
        var entries = new List<(string Position, string ProfileId)>();
        var next = shares[^1].Following?.ToString();
        foreach (var (share, page) in shares.Zip(pages))
        {
            entries.AddRange(page.Ids.Select(id => ((share with { After = id }).ToString(), id)));
            if (page.Next is { } last)
            {
                next = (share with { After = last }).ToString();
                break;
            }
        }

        if (entries.Count > limit)
        {
            entries.RemoveRange(limit, entries.Count - limit);
            next = entries[^1].Position;
        }

        return new(await StillFollowingAsync(profile.Id, entries, cancellationToken), next);
    }

    /// <summary>Followed profiles, the newest follow first. A position is the id of the last one.</summary>
    private async ValueTask<ProfileChunk> FollowingAsync(ProfileDocument profile, string? after, int limit, CancellationToken cancellationToken)
    {
        // What was unfollowed lies between the follows.
        var query = new DocumentQuery(profile.Id, limit) { IsOrdered = true, Descending = true };
        var page = await documents.QueryAsync<RelationDocument>(query.After(after), cancellationToken);
        return new([.. page.Items.Where(relation => relation.Following).Select(relation => (relation.FollowId!, relation.Id))], page.Next);
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
}
