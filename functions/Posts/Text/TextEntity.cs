namespace ServerlessSocial.Posts.Text;

/// <summary>What a range of a text refers to.</summary>
public enum TextEntityKind
{
    /// <summary>A profile.</summary>
    Mention,

    /// <summary>A hashtag.</summary>
    Tag,

    /// <summary>A web page.</summary>
    Link,
}

/// <summary>A range of a text that refers to something.</summary>
/// <param name="Kind">To what.</param>
/// <param name="Start">Where it begins, in UTF-16 units from the beginning of the text: the index of a string in JavaScript, Java, C#.</param>
/// <param name="Length">How long it is, in UTF-16 units, with its sign.</param>
/// <param name="Target">Of a mention the profile's handle, of a tag what stands in <c>/tags/{tag}</c>, of a link the absolute URL (http or https).</param>
public sealed record TextEntity(TextEntityKind Kind, int Start, int Length, string Target);
