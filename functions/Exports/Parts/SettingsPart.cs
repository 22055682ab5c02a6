namespace ServerlessSocial.Exports.Parts;

/// <summary><c>settings.json</c>: what the person has chosen, and <c>README.txt</c>: what all the files are.</summary>
public sealed class SettingsPart : IExportPart
{
    private static readonly string[] Readme =
    [
        "This is an archive of what is yours on this service. Every file can be read without it.",
        string.Empty,
        "actor.json               your profile as others see it (ActivityStreams)",
        "outbox.json              your posts and boosts (ActivityStreams, in the manner of Mastodon's archive)",
        "likes.json, bookmarks.*  addresses of posts you like and keep",
        "media_attachments/       your pictures; media.json says what is known of each",
        "*_accounts.csv           whom you follow, asked to follow, block and mute (Mastodon's columns)",
        "lists.csv, lists.json    your lists and who is in them (Mastodon's columns); followed_tags.csv: the hashtags you follow",
        "filters.json             the words you mute, and the threads",
        "drafts.json              what you have begun; scheduled.json: what is to be posted",
        "votes.json               what you chose in polls",
        "notification_policy.json whose notifications you want; push_subscriptions.json: the browsers and devices that are told",
        "followers.csv            who follows you; follow_requests.csv: who asks to",
        "moderation.json          what was decided about your posts, pictures, profile and account, and why",
        "reports.json             what you reported, what became of it, and what you said against that",
        "images.json              the images you had made by AI",
        "credits.json             what your calls of models cost; plan.json: the plan that was set for you, if one was",
        "notifications.json       what you were told",
        "exports.json             the archives you asked for, this one among them",
        "settings.json            what you have chosen; under pending, what moderation has not approved and others do not see",
    ];

    /// <inheritdoc/>
    public string Name => "settings";

    /// <inheritdoc/>
    public async Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        var profile = archive.Profile;
        await archive.WriteJsonAsync(
            "settings.json",
            new
            {
                profile.Id,
                profile.Handle,
                profile.HandleChangedAt,
                profile.FormerHandles,
                profile.DisplayName,
                profile.Bio,
                profile.Interests,
                profile.Links,
                profile.Kind,
                profile.AvatarMediaId,
                profile.HeaderMediaId,
                profile.Locked,
                profile.Discoverable,
                profile.Indexable,
                profile.Pins,
                profile.CreatedAt,
                Pending = profile.Pending is { } pending
                    ? new
                    {
                        profile.Moderation.Status,
                        profile.Moderation.Reason,
                        pending.DisplayName,
                        pending.Bio,
                        pending.Interests,
                        pending.Links,
                        pending.AvatarMediaId,
                        pending.HeaderMediaId,
                    }
                    : null,
            },
            cancellationToken);
        await archive.WriteLinesAsync("README.txt", null, Readme.ToAsyncEnumerable(), cancellationToken);
    }
}
