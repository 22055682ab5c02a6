namespace ServerlessSocial.Platform.Identity;

/// <summary>Who may run a function.</summary>
public enum Access
{
    /// <summary>Anyone; a token is honoured if there is one.</summary>
    Anyone,

    /// <summary>Whoever is signed in, with or without a profile.</summary>
    SignedIn,

    /// <summary>Whoever is signed in and has a profile.</summary>
    Profile,

    /// <summary>Whoever is signed in, has a profile and holds the role <c>moderator</c>.</summary>
    Moderator,

    /// <summary>Only the host itself: queues, change feeds and timers.</summary>
    System,
}

/// <summary>Declares who may run a function. Every function has one; a test sees to it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AccessAttribute(Access access) : Attribute
{
    /// <summary>Who may run it.</summary>
    public Access Access { get; } = access;

    /// <summary>Whether it stays open to a suspended account: what one needs to read one's own data, take it along, delete it and appeal.</summary>
    public bool WhileSuspended { get; set; }
}

/// <summary>Who is calling, as the token says and the account knows.</summary>
/// <param name="AccountId">Keyed hash of issuer and subject.</param>
/// <param name="ProfileId">The caller's profile; null before there is one.</param>
/// <param name="IsModerator">Whether the caller holds the role <c>moderator</c>.</param>
public sealed record Caller(string AccountId, string? ProfileId, bool IsModerator)
{
    /// <summary>How the caller's account stands, as read for this call; null where nothing was ever decided about it.</summary>
    public StandingDocument? Standing { get; init; }

    /// <summary>The caller's profile, in functions whose access rule guarantees one.</summary>
    /// <exception cref="InvalidOperationException">The function's access rule does not guarantee one.</exception>
    public string Me => ProfileId ?? throw new InvalidOperationException("The function's access rule does not ask for a profile.");
}

/// <summary>Reaches the caller from a request.</summary>
public static class CallerExtensions
{
    private static readonly object Key = new();

    /// <summary>Who is calling; null if nobody is signed in.</summary>
    public static Caller? Caller(this HttpRequest request) => request.HttpContext.Items[Key] as Caller;

    /// <summary>Profile id of the caller; null if nobody is signed in or there is no profile yet.</summary>
    public static string? ViewerId(this HttpRequest request) => request.Caller()?.ProfileId;

    /// <summary>Profile id of the caller.</summary>
    /// <exception cref="InvalidOperationException">The function's access rule does not ask for a profile.</exception>
    public static string Me(this HttpRequest request) =>
        request.Caller()?.ProfileId ?? throw new InvalidOperationException("The function's access rule does not ask for a profile.");

    internal static void SetCaller(this HttpContext http, Caller caller) => http.Items[Key] = caller;
}
