using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Text;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Notifications;

/// <summary>Loads what notifications speak of and decides which the owner gets to see now: hydration and rules for their list.</summary>
public sealed class NotificationReader(IDocumentStore documents, PostReader posts, ServiceKey secret, TimeProvider time)
{
    /// <summary>Most notifications that are counted as unread.</summary>
    public const int MostUnread = 100;

    /// <summary>The newest notifications that came since their owner has read; what they may not see among them.</summary>
    public ValueTask<DocumentPage<NotificationDocument>> UnreadAsync(string ownerId, NotificationMarker? marker, CancellationToken cancellationToken)
    {
        var all = NotificationDocument.NewestFirst(ownerId, MostUnread);
        return documents.QueryAsync<NotificationDocument>(marker is null ? all : all with { From = marker.UpTo + '\u0001' }, cancellationToken);
    }

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
            secret,
            references.Zip(read).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.PostId, pair => pair.Second!, StringComparer.Ordinal));
    }

    /// <summary>One's own posts one always sees, in whatever state: a moderation notification speaks of nothing else.</summary>
    private static Place PlaceOf(string postId, Viewer viewer) =>
        OwnedIds.OwnerOf(postId) == viewer.ProfileId ? Place.Post : Place.Notification;

    private static HashSet<DocumentKey> PeopleIn(IEnumerable<NotificationDocument> window, Viewer viewer)
    {
        var keys = new HashSet<DocumentKey>();
        foreach (var actorId in window.SelectMany(told => told.ActorIds.Take(NotificationContext.MostLookedAt)))
        {
            keys.Add(DocumentKey.Of<ProfileDocument>(actorId, actorId));
            keys.Add(DocumentKey.Of<RelationDocument>(viewer.ProfileId!, actorId));
            keys.Add(StandingDocument.KeyOf(actorId));
        }

        if (keys.Count > 0)
        {
            keys.Add(NotificationPolicyDocument.KeyOf(viewer.ProfileId!));
        }

        return keys;
    }
}

/// <summary>What a window of notifications speaks of, as far as the owner may see it.</summary>
public sealed class NotificationContext(Viewer viewer, DateTimeOffset now, DocumentSet people, ServiceKey secret, IReadOnlyDictionary<string, Post> posts)
{
    /// <summary>Actors that are shown by name; the others are counted.</summary>
    public const int MostActors = 5;

    /// <summary>Members of a group that are looked at: those before them are counted, whoever they are, as counters count.</summary>
    public const int MostLookedAt = 10;

    private readonly NotificationPolicyDocument policy =
        people.Get<NotificationPolicyDocument>(viewer.ProfileId!, NotificationPolicyDocument.PolicyId) ?? NotificationPolicyDocument.For(viewer.ProfileId!);

    /// <summary>Those of a notification whom the owner is told of: asked several times, and their pseudonyms take a hash each.</summary>
    private readonly Dictionary<string, IReadOnlyList<string>> accepted = new(StringComparer.Ordinal);

    /// <summary>Whether the owner gets to see a notification now: its post, and somebody in it who is neither blocked nor muted nor kept back.</summary>
    public bool IsShown(NotificationDocument told) => IsPostShown(told) && (IsOfNobody(told) || AcceptedIn(told).Count > 0);

    /// <summary>Id of the newest event in a notification that the owner gets to see now; null when there is none. A group may have grown by somebody they do not.</summary>
    public string? NewestShown(NotificationDocument told) =>
        !IsShown(told) ? null
        : told.Acts.Count == 0 ? told.LatestId
        : NotificationDocument.IdOf(told.Acts.First(act => act.ActorId == AcceptedIn(told)[0]).EventId, told.Kind);

    /// <summary>Whether a notification tells the owner of something that came since they have read: what they do not get to see makes nothing unread.</summary>
    public bool IsUnread(NotificationDocument told, NotificationMarker? marker) => NewestShown(told) is { } newest && !NotificationMarker.Covers(marker, newest);

    /// <summary>Whom a notification tells of that the owner's policy puts among the requests.</summary>
    public IEnumerable<ProfileDocument> Requesting(NotificationDocument told) =>
        IsPostShown(told) ? ActorsOf(told, PolicyAction.Filter).Select(actorId => people.Profile(actorId)!) : [];

    /// <summary>Shapes a notification for clients.</summary>
    /// <param name="told">One that is shown.</param>
    /// <param name="marker">Up to where the owner has read.</param>
    public Notification Present(NotificationDocument told, NotificationMarker? marker)
    {
        var looked = AcceptedIn(told);
        IReadOnlyList<ProfileCard> actors = [.. looked.Take(MostActors).Select(id => ProfilePresenter.Card(people.Profile(id)!))];
        var count = Math.Max(1, looked.Count + Math.Max(0, told.Acts.Count - MostLookedAt) + told.Earlier);
        var own = Wording.Of(told.Text);

        // Not the place in the list: that tells when somebody did something whom the owner is not told of.
        var newest = NewestShown(told)!;
        return new(
            newest,
            told.Kind,
            actors,
            count,
            own.Words ?? NotificationText.Of(told.Kind, actors, count),
            own.Code,
            told.PostId is { } postId ? posts[postId] : null,
            told.ImageId,
            newest == told.LatestId ? told.CreatedAt : Ids.TimeOf(newest),
            NotificationMarker.Covers(marker, newest));
    }

    private static bool IsOfNobody(NotificationDocument told) => told is { ActorId: null, Acts.Count: 0 };

    private bool IsPostShown(NotificationDocument told) => told.PostId is not { } postId || posts.ContainsKey(postId);

    private IReadOnlyList<string> AcceptedIn(NotificationDocument told) =>
        accepted.TryGetValue(told.Id, out var known) ? known : accepted[told.Id] = [.. ActorsOf(told, PolicyAction.Accept)];

    private IEnumerable<string> ActorsOf(NotificationDocument told, PolicyAction action) =>
        told.ActorIds.Take(MostLookedAt).Where(actorId => MayMeet(actorId) && ActionFor(told.Kind, actorId) == action);

    private PolicyAction ActionFor(NotificationKind kind, string actorId) => kind is NotificationKind.FollowAccepted or NotificationKind.Poll
        ? PolicyAction.Accept
        : policy.ActionFor(
            secret.PseudonymOf(PseudonymUse.NotificationPolicy, actorId),
            people.Get<RelationDocument>(viewer.ProfileId!, actorId) is { Following: true },
            people.Profile(actorId)!.CreatedAt,
            now);

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
