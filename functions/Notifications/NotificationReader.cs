using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Notifications;

/// <summary>Loads what notifications speak of and decides which the owner gets to see now: hydration and rules for their list.</summary>
public sealed class NotificationReader(IDocumentStore documents, PostReader posts, TimeProvider time)
{
    /// <summary>Loads everything a window of notifications speaks of, in two batches side by side.</summary>
    public async Task<NotificationContext> LoadAsync(IReadOnlyCollection<NotificationDocument> window, Viewer viewer, CancellationToken cancellationToken)
    {
        var references = window.Select(told => told.PostId).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(postId => new PostReference(postId, PlaceOf(postId, viewer)))
            .ToList();
        var people = documents.ReadManyAsync(PeopleIn(window, viewer), cancellationToken).AsTask();
        var read = await posts.ReadAsync(references, viewer, cancellationToken);
        return new(
            viewer,
            time.GetUtcNow(),
            await people,
            references.Zip(read).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.PostId, pair => pair.Second!, StringComparer.Ordinal));
    }

    /// <summary>One's own posts one always sees, in whatever state: a moderation notification speaks of nothing else.</summary>
    private static Place PlaceOf(string postId, Viewer viewer) =>
        OwnedIds.OwnerOf(postId) == viewer.ProfileId ? Place.Post : Place.Notification;

    private static HashSet<DocumentKey> PeopleIn(IEnumerable<NotificationDocument> window, Viewer viewer)
    {
        var keys = new HashSet<DocumentKey>();
        foreach (var actorId in window.Select(told => told.ActorId).OfType<string>())
        {
            keys.Add(DocumentKey.Of<ProfileDocument>(actorId, actorId));
            keys.Add(DocumentKey.Of<RelationDocument>(viewer.ProfileId!, actorId));
            keys.Add(StandingDocument.KeyOf(actorId));
        }

        return keys;
    }
}

/// <summary>What a window of notifications speaks of, as far as the owner may see it.</summary>
public sealed class NotificationContext(Viewer viewer, DateTimeOffset now, DocumentSet people, IReadOnlyDictionary<string, Post> posts)
{
    /// <summary>Whether the owner gets to see a notification now: its post, and nobody blocked or muted.</summary>
    public bool IsShown(NotificationDocument told) =>
        (told.PostId is not { } postId || posts.ContainsKey(postId)) && (told.ActorId is not { } actorId || MayMeet(actorId));

    /// <summary>Shapes a group for clients.</summary>
    /// <param name="group">Events that may be shown.</param>
    /// <param name="marker">Up to where the owner has read.</param>
    public Notification Present(NotificationGroup group, NotificationMarker? marker)
    {
        var newest = group.Newest;
        var everyone = group.ActorIds.ToList();
        IReadOnlyList<ProfileCard> actors = [.. everyone.Take(NotificationGroup.MostActors).Select(id => ProfilePresenter.Card(people.Profile(id)!))];
        var count = Math.Max(1, everyone.Count);
        return new(
            newest.Id,
            newest.Kind,
            actors,
            count,
            NotificationText.Of(newest.Kind, actors, count, newest.Text),
            newest.PostId is { } postId ? posts[postId] : null,
            newest.ImageId,
            newest.CreatedAt,
            NotificationMarker.Covers(marker, newest.Id));
    }

    /// <summary>Whether the owner is told what somebody does. A limited account would spread by following and liking strangers: only who follows it is told.</summary>
    private bool MayMeet(string actorId)
    {
        var relation = people.Get<RelationDocument>(viewer.ProfileId!, actorId);
        return people.Profile(actorId) is not null
            && relation is not ({ Blocked: true } or { Muting: true })
            && people.StandingOf(actorId, now) switch
            {
                Standing.Good => true,
                Standing.Limited => relation is { Following: true },
                _ => false,
            };
    }
}
