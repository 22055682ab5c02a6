using ServerlessSocial.Platform;

namespace ServerlessSocial.Posts;

/// <summary>Who may answer a post. Of the first post of a thread it holds for the whole thread.</summary>
public enum ReplyPolicy
{
    /// <summary>Everyone who sees it.</summary>
    Everyone,

    /// <summary>Those who follow its author.</summary>
    Followers,

    /// <summary>Those it mentions.</summary>
    Mentioned,

    /// <summary>Its author alone.</summary>
    [StandsForUnknown]
    Nobody,
}

/// <summary>Who may quote a post. Its author always may.</summary>
public enum QuotePolicy
{
    /// <summary>Everyone who sees it.</summary>
    Everyone,

    /// <summary>Those who follow its author.</summary>
    Followers,

    /// <summary>Its author alone.</summary>
    [StandsForUnknown]
    Nobody,
}
