using System.Net;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Exports;

/// <summary>Posts and boosts in the vocabulary of ActivityStreams (W3C Activity Vocabulary), as Mastodon's archive has them. Pure.</summary>
public static class ActivityStreams
{
    /// <summary>The vocabulary.</summary>
    public const string Context = "https://www.w3.org/ns/activitystreams";

    private const string Everyone = Context + "#Public";

    /// <summary>Where a picture lies in the archive.</summary>
    public static string FileOf(string mediaId, string extension) => $"media_attachments/{mediaId[..Ids.Length]}{extension}";

    /// <summary>A post, as the activity of having written it.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="post">One of the person's own.</param>
    /// <param name="extensions">Extensions of its pictures' files, by media id.</param>
    public static object CreateOf(ArchiveWriter archive, PostDocument post, IReadOnlyDictionary<string, string> extensions)
    {
        var uri = archive.UriOfPost(post.Id);
        var followers = $"{archive.Actor}/followers";
        string[] to = [post.Visibility == PostVisibility.Public ? Everyone : followers];
        string[] cc = post.Visibility == PostVisibility.Public ? [followers] : [];
        return new Dictionary<string, object?>
        {
            ["id"] = $"{uri}/activity",
            ["type"] = "Create",
            ["actor"] = archive.Actor,
            ["published"] = post.CreatedAt,
            ["to"] = to,
            ["cc"] = cc,
            ["object"] = new Dictionary<string, object?>
            {
                ["id"] = uri,
                ["type"] = post.Poll is null ? "Note" : "Question",
                ["attributedTo"] = archive.Actor,
                ["published"] = post.CreatedAt,
                ["url"] = uri,
                ["to"] = to,
                ["cc"] = cc,
                ["summary"] = post.ContentWarning,
                ["sensitive"] = post.ContentWarning is not null,
                ["inReplyTo"] = post.ReplyTo is { } parent ? archive.UriOfPost(parent) : null,
                ["quote"] = post.Quote is { } quote ? archive.UriOfPost(quote) : null,
                ["content"] = Html(post.Text),
                ["contentMap"] = post.Language is { } language ? new Dictionary<string, string> { [language] = Html(post.Text) } : null,
                ["source"] = new { content = post.Text, mediaType = "text/plain" },
                [post.Poll is { Multiple: true } ? "anyOf" : "oneOf"] = post.Poll?.Options.Select(option => new { type = "Note", name = option }),
                ["endTime"] = post.PollClosesAt,
                ["attachment"] = post.Media.Select(media => Attachment(media, extensions)),
                ["tag"] = post.Tags.Select(tag => new { type = "Hashtag", name = $"#{tag}" })
                    .Concat(post.Mentions.Select(mention => new { type = "Mention", name = $"@{archive.AddressOf(mention.Handle)}" })),
            },
        };
    }

    /// <summary>A boost.</summary>
    public static object AnnounceOf(ArchiveWriter archive, ReactionDocument boost) => new Dictionary<string, object?>
    {
        ["id"] = $"{archive.Actor}/boosts/{boost.EventId}",
        ["type"] = "Announce",
        ["actor"] = archive.Actor,
        ["published"] = Ids.TimeOf(boost.EventId),
        ["to"] = new[] { Everyone },
        ["object"] = archive.UriOfPost(boost.PostId),
    };

    private static object Attachment(PostMedia media, IReadOnlyDictionary<string, string> extensions) => new
    {
        type = "Document",
        mediaType = media.ContentType,
        url = FileOf(media.Id, extensions.GetValueOrDefault(media.Id) ?? string.Empty),
        name = media.Alt,
        media.Width,
        media.Height,
        media.Blurhash,
    };

    /// <summary>A text as HTML: paragraphs and line breaks, everything else as it stands.</summary>
    private static string Html(string text) => text.Length == 0
        ? string.Empty
        : $"<p>{WebUtility.HtmlEncode(text).Replace("\n\n", "</p><p>", StringComparison.Ordinal).Replace("\n", "<br />", StringComparison.Ordinal)}</p>";
}
