namespace ServerlessSocial.Discovery;

/// <summary>Settings of what counts as talked about: configuration section <c>Trends</c>.</summary>
public sealed class TrendsOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Trends";

    /// <summary>Authors who have to use a hashtag in 24 hours, 1 or more.</summary>
    public int LeastPeople { get; set; } = 5;

    /// <summary>Likes and boosts that a post needs, 1 or more.</summary>
    public int LeastReactions { get; set; } = 5;

    /// <summary>Whether the values make sense.</summary>
    public bool IsValid => LeastPeople >= 1 && LeastReactions >= 1;
}
