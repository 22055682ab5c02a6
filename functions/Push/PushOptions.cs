namespace ServerlessSocial.Push;

/// <summary>Settings section <c>Push</c>.</summary>
public sealed class PushOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Push";

    /// <summary>
    /// Whom push services can reach about what comes from here: a <c>mailto:</c> or <c>https:</c> address (RFC 8292, section 2.1). Empty for none: Apple's service
    /// refuses that, others do not.
    /// </summary>
    public string Subject { get; set; } = string.Empty;

    /// <summary>Least time between two pushes of a notification that grows; none at all pushes each time. Up to a minute.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a push service may take to answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For tests alone: also takes endpoints without encryption, at other ports, and in private networks. Where this is on, anybody can have the service call
    /// what only it can reach.
    /// </summary>
    public bool AllowAnyEndpoint { get; set; }

    /// <summary>Whether the settings make sense. A pause must end before the sweep looks after what waits.</summary>
    internal bool IsValid =>
        Pause >= TimeSpan.Zero && Pause <= TimeSpan.FromMinutes(1)
        && Timeout > TimeSpan.Zero && Timeout <= TimeSpan.FromSeconds(30)
        && (Subject.Length == 0 || (Uri.TryCreate(Subject, UriKind.Absolute, out var subject) && (subject.Scheme == Uri.UriSchemeMailto || subject.Scheme == Uri.UriSchemeHttps)));
}
