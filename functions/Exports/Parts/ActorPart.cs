using System.Net;
using ServerlessSocial.Media;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>actor.json</c>: the profile as others see it, and <c>featured.json</c>: the addresses of pinned posts. Links are property values of schema.org, as Mastodon has them.</summary>
public sealed class ActorPart(IDocumentStore documents) : IExportPart
{
    private static readonly object[] Context =
    [
        ActivityStreams.Context,
        new Dictionary<string, string>
        {
            ["schema"] = "http://schema.org#",
            ["PropertyValue"] = "schema:PropertyValue",
            ["value"] = "schema:value",
            ["manuallyApprovesFollowers"] = "as:manuallyApprovesFollowers",
        },
    ];

    /// <inheritdoc/>
    public string Name => "profile";

    /// <inheritdoc/>
    public async Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken)
    {
        var profile = archive.Profile;
        var pictures = await documents.ReadManyAsync([.. profile.Shown.MediaIds().Select(id => DocumentKey.Of<MediaDocument>(profile.Id, id))], cancellationToken);
        object? Picture(string? id) => id is not null && pictures.Get<MediaDocument>(profile.Id, id) is { } media
            ? new { type = "Image", mediaType = media.ContentType, url = ActivityStreams.FileOf(media.Id, media.Extension) }
            : null;
        await archive.WriteJsonAsync(
            "actor.json",
            new Dictionary<string, object?>
            {
                ["@context"] = Context,
                ["id"] = archive.Actor,
                ["type"] = "Person",
                ["preferredUsername"] = profile.Handle,
                ["name"] = profile.DisplayName,
                ["summary"] = profile.Bio,
                ["url"] = archive.Actor,
                ["published"] = profile.CreatedAt,
                ["icon"] = Picture(profile.AvatarMediaId),
                ["image"] = Picture(profile.HeaderMediaId),
                ["attachment"] = ProfileRules.Shown(profile.Links).Select(PropertyOf),
                ["manuallyApprovesFollowers"] = profile.Locked,
                ["outbox"] = "outbox.json",
                ["likes"] = "likes.json",
                ["bookmarks"] = "bookmarks.json",
                ["featured"] = "featured.json",
            },
            cancellationToken);
        await archive.WriteCollectionAsync("featured.json", profile.Pins.Select(object (id) => archive.UriOfPost(id)).ToAsyncEnumerable(), cancellationToken);
    }

    private static object PropertyOf(ProfileLink link)
    {
        var url = WebUtility.HtmlEncode(link.Url);
        return new { type = "PropertyValue", name = link.Name, value = $"<a href=\"{url}\" rel=\"me nofollow noopener\">{url}</a>" };
    }
}
