using ServerlessSocial.Platform;

namespace ServerlessSocial.Moderation;

/// <summary>The rule that a report, a decision or a sanction names.</summary>
public enum Clause
{
    /// <summary>Insulting, bullying or stalking a person.</summary>
    Harassment,

    /// <summary>Hatred against people for what they are.</summary>
    Hate,

    /// <summary>Threats of violence and calls for it.</summary>
    Violence,

    /// <summary>Suicide and self-injury.</summary>
    SelfHarm,

    /// <summary>Sexualised children, and whatever endangers them.</summary>
    Minors,

    /// <summary>Sexually explicit content.</summary>
    Sexual,

    /// <summary>Trade in illegal goods.</summary>
    IllegalGoods,

    /// <summary>Passing for somebody else.</summary>
    Impersonation,

    /// <summary>What is somebody's private matter.</summary>
    Privacy,

    /// <summary>Somebody else's work.</summary>
    Copyright,

    /// <summary>Advertising nobody asked for, and fraud.</summary>
    Spam,

    /// <summary>Another law, or another rule; the details say which.</summary>
    [StandsForUnknown]
    Other,
}
