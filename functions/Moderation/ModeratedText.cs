using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>What a classifier reads of a post or a profile.</summary>
public static class ModeratedText
{
    /// <summary>
    /// Everything readers get to read, a paragraph each: content warning, text, answers of a poll, descriptions of pictures. Hashtags stand in the text,
    /// and saying them twice would count them twice.
    /// </summary>
    public static string Of(PostDocument post) => Paragraphs([post.ContentWarning, post.Text, .. post.Poll?.Options ?? [], .. post.Media.Select(media => media.Alt)]);

    /// <summary>Everything that would be shown of a profile, a paragraph each: handle, display name, bio, interests, names and addresses of links.</summary>
    public static string Of(ProfileDocument profile)
    {
        var content = profile.Newest;
        return Paragraphs(
        [
            profile.Handle.Replace('_', ' '), content.DisplayName, content.Bio, string.Join(", ", content.Interests),
            .. content.Links.SelectMany(link => (string[])[link.Name, ProfileRules.Readable(link.Url)]),
        ]);
    }

    private static string Paragraphs(IEnumerable<string?> parts) => string.Join("\n\n", parts.Where(part => !string.IsNullOrWhiteSpace(part)));
}
