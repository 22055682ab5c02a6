using System.Diagnostics;
using ServerlessSocial.Moderation;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Profiles;

/// <summary>How profiles change: by their owners, by moderation's decisions, and when a picture goes. Pure, but for the trace that a change belongs to.</summary>
public static class ProfileEdits
{
    private static readonly PostModeration Unexamined = new(ModerationStatus.Pending, null, null, null);

    private static readonly PostModeration Approved = new(ModerationStatus.Approved, null, null, null);

    /// <summary>A profile that was just made: it shows its handle until moderation has approved the rest.</summary>
    public static ProfileDocument New(ProfileDocument profile, ProfileContent wanted) =>
        profile.Showing(ProfileContent.Neutral(profile.Handle)) with { Pending = wanted, Moderation = Unexamined, TraceParent = Activity.Current?.Id };

    /// <summary>
    /// The profile as its owner wants it from now on; the profile itself if that is how it stands. What is taken away is gone at once, and what is new
    /// waits for moderation.
    /// </summary>
    public static ProfileDocument Wanted(this ProfileDocument profile, ProfileContent wanted, DateTimeOffset now)
    {
        if (wanted.Equals(profile.Newest))
        {
            return profile;
        }

        var shown = profile.Shown.AsFarAs(wanted);
        var settled = wanted.Equals(shown);
        return profile.Showing(shown) with
        {
            Pending = settled ? null : wanted,
            Moderation = settled ? Approved : Unexamined,
            Edition = profile.Edition + 1,
            WorkSince = now,
            TraceParent = Activity.Current?.Id,
        };
    }

    /// <summary>The profile with settings that nobody else looks at; the profile itself if they are as they were.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="settings">What they are to be.</param>
    /// <param name="edition">Which edition that makes.</param>
    /// <param name="now">The time: what is to be found otherwise is work that begins now.</param>
    public static ProfileDocument Set(this ProfileDocument profile, ProfileSettings settings, long edition, DateTimeOffset now) =>
        settings == ProfileSettings.Of(profile) ? profile : profile with
        {
            Locked = settings.Locked,
            Discoverable = settings.Discoverable,
            Indexable = settings.Indexable,
            Edition = edition,
            WorkSince = now,
        };

    /// <summary>
    /// The profile under a decision on what its owner wants. What is removed where nothing waits was shown: the profile then shows its handle, and what was
    /// shown waits for an appeal.
    /// </summary>
    public static ProfileDocument Under(this ProfileDocument profile, PostModeration decision) => decision.Status switch
    {
        ModerationStatus.Approved => profile.Showing(profile.Newest) with { Pending = null, Moderation = decision },
        ModerationStatus.Removed when profile.Pending is null => profile.Showing(ProfileContent.Neutral(profile.Handle)) with { Pending = profile.Shown, Moderation = decision },
        _ => profile with { Moderation = decision },
    };

    /// <summary>The profile with its handle alone shown, whatever waits.</summary>
    public static ProfileDocument Cleared(this ProfileDocument profile) =>
        profile.Showing(ProfileContent.Neutral(profile.Handle)) with { Pending = profile.Newest };

    /// <summary>The profile without a picture that is gone, whose rest is examined again if a machine kept it back; the profile itself if it does not use it.</summary>
    public static ProfileDocument Without(this ProfileDocument profile, string mediaId, DateTimeOffset now)
    {
        var (shown, newest) = (profile.Shown.Without(mediaId), profile.Newest.Without(mediaId));
        return shown.Equals(profile.Shown) && newest.Equals(profile.Newest) ? profile
            : newest.Equals(shown) ? profile.Showing(shown) with { Pending = null, Moderation = Approved, WorkSince = now }
            : profile.Showing(shown) with { Pending = newest, Moderation = profile.Pending is null || IsMachines(profile) ? Unexamined : profile.Moderation, WorkSince = now };
    }

    /// <summary>The profile while a picture of it waits for a person: it is not shown until then. The profile itself if it does not show it.</summary>
    public static ProfileDocument Awaiting(this ProfileDocument profile, string mediaId, DateTimeOffset now) =>
        profile.Shown.MediaIds().Contains(mediaId)
            ? profile.Showing(profile.Shown.Without(mediaId)) with { Pending = profile.Newest, Moderation = Unexamined, WorkSince = now }
            : profile;

    /// <summary>The profile to be examined again, because somebody released a picture that it waits for; the profile itself if it does not.</summary>
    public static ProfileDocument Released(this ProfileDocument profile, string mediaId, DateTimeOffset now) =>
        profile.Pending is { } pending && pending.MediaIds().Contains(mediaId) && IsMachines(profile) ? profile with { Moderation = Unexamined, WorkSince = now } : profile;

    private static bool IsMachines(ProfileDocument profile) => profile.Moderation is { ModeratorId: null, Appeal: null };
}
