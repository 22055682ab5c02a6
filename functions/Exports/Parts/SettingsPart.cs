namespace ServerlessSocial.Exports.Parts;

/// <summary><c>settings.json</c>: what the person has chosen, and <c>README.txt</c>: what all the files are.</summary>
public sealed class SettingsPart : IExportPart
{
    private static readonly string[] Readme =
    [
        "This is an archive of what is yours on this service. Every file can be read without it.",
        string.Empty,
        "actor.json               your profile (ActivityStreams)",
        "outbox.json              your posts and boosts (ActivityStreams, in the manner of Mastodon's archive)",
        "likes.json, bookmarks.*  addresses of posts you like and keep",
        "media_attachments/       your pictures; media.json says what is known of each",
        "*_accounts.csv           whom you follow, asked to follow, block and mute (Mastodon's columns)",
        "followers.csv            who follows you; follow_requests.csv: who asks to",
        "moderation.json          what was decided about your posts, and why",
        "images.json              the images you had made by AI",
        "notifications.json       what you were told",
        "settings.json            what you have chosen, your consents among it",
    ];

    /// <inheritdoc/>
    public string Name => "settings";

    /// <inheritdoc/>
    public async Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        var profile = archive.Profile;
        await archive.WriteJsonAsync(
            "settings.json",
            new { profile.Id, profile.Handle, profile.FormerHandles, profile.DisplayName, profile.Bio, profile.Interests, profile.Kind, profile.AvatarMediaId, profile.Locked, profile.CreatedAt },
            cancellationToken);
        await archive.WriteLinesAsync("README.txt", null, Readme.ToAsyncEnumerable(), cancellationToken);
    }
}
