namespace ServerlessSocial.Posts;

/// <summary>Settings of lists by tag: configuration section <c>Tags</c>.</summary>
public sealed class TagOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Tags";

    /// <summary>Days of posts that share a partition of their tag, 1 to 3,650. A change holds from the next span on.</summary>
    public int SpanDays { get; set; } = 90;

    /// <summary>Whether the values make sense.</summary>
    public bool IsValid => SpanDays is >= 1 and <= 3_650;
}
