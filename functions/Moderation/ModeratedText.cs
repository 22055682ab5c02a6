using ServerlessSocial.Posts;

namespace ServerlessSocial.Moderation;

/// <summary>What a classifier reads of a post.</summary>
public static class ModeratedText
{
    /// <summary>
    /// Everything readers get to read, a paragraph each: content warning, text, descriptions of pictures. Hashtags stand in the text,
    /// and saying them twice would count them twice.
    /// </summary>
    public static string Of(PostDocument post) => string.Join(
        "\n\n",
        new[] { post.ContentWarning, post.Text }
            .Concat(post.Media.Select(media => media.Alt))
            .Where(part => !string.IsNullOrWhiteSpace(part)));
}
