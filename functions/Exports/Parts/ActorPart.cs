using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>actor.json</c>: the profile.</summary>
public sealed class ActorPart(IDocumentStore documents) : IExportPart
{
    /// <inheritdoc/>
    public string Name => "profile";

    /// <inheritdoc/>
    public async Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        var profile = archive.Profile;
        var avatar = profile.AvatarMediaId is { } id ? await documents.FindAsync<MediaDocument>(profile.Id, id, cancellationToken) : null;
        await archive.WriteJsonAsync(
            "actor.json",
            new Dictionary<string, object?>
            {
                ["@context"] = ActivityStreams.Context,
                ["id"] = archive.Actor,
                ["type"] = "Person",
                ["preferredUsername"] = profile.Handle,
                ["name"] = profile.DisplayName,
                ["summary"] = profile.Bio,
                ["url"] = archive.Actor,
                ["published"] = profile.CreatedAt,
                ["icon"] = avatar is null ? null : new { type = "Image", mediaType = avatar.ContentType, url = ActivityStreams.FileOf(avatar.Id, avatar.Extension) },
                ["outbox"] = "outbox.json",
                ["likes"] = "likes.json",
                ["bookmarks"] = "bookmarks.json",
            },
            cancellationToken);
    }
}
