using ServerlessSocial.Platform.Text;

namespace ServerlessSocial.Posts.Text;

/// <summary>The beginning of a text, where the whole of it would be too much.</summary>
/// <param name="Text">The text, or its beginning with an ellipsis.</param>
/// <param name="IsCut">Whether something is missing.</param>
public readonly record struct Excerpt(string Text, bool IsCut)
{
    /// <summary>Stands at the end of a text that was cut.</summary>
    public const string Ellipsis = "…";

    /// <summary>Cuts a text between grapheme clusters, so that no character is taken apart.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Grapheme clusters that stay.</param>
    public static Excerpt Of(string text, int most)
    {
        if (text.Length <= most)
        {
            return new(text, false);
        }

        var end = 0;
        for (var count = 0; count < most; count++)
        {
            end += NormalForms.FirstCluster(text.AsSpan(end));
            if (end == text.Length)
            {
                return new(text, false);
            }
        }

        return new(string.Concat(text.AsSpan(0, end), Ellipsis), true);
    }
}
