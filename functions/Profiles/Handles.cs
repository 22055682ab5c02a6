using System.Buffers;
using System.Collections.Frozen;
using ServerlessSocial.Platform.Identity;

namespace ServerlessSocial.Profiles;

/// <summary>What stands with a claim of a handle.</summary>
public enum ClaimStanding
{
    /// <summary>The profile is its account's: the handle is taken.</summary>
    Held,

    /// <summary>Somebody is about to make the profile.</summary>
    Underway,

    /// <summary>Whoever made the claim, to sign up or to change the handle, stopped half-way, a while ago, and could still go on.</summary>
    Stalled,

    /// <summary>The profile can never come to be, because its account got another one; or it had the handle before, and that is long ago.</summary>
    Void,
}

/// <summary>Rules of handles. Pure.</summary>
public static class Handles
{
    /// <summary>Shortest handle, in characters.</summary>
    public const int MinLength = 3;

    /// <summary>Longest handle, in characters.</summary>
    public const int MaxLength = 30;

    /// <summary>How long a claim is left to whoever made it before others may take it over. As long as an idempotency key's.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Words that would pass for the service itself, or stand beside handles in addresses.</summary>
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "abuse", "admin", "administrator", "advisor", "all", "anonymous", "api", "bot", "copilot", "deleted", "dev", "everyone", "feed",
        "health", "help", "here", "home", "images", "info", "login", "logout", "mail", "media", "moderation", "moderator", "moderators",
        "news", "nobody", "notifications", "null", "official", "openapi", "postmaster", "posts", "privacy", "profile", "profiles", "root",
        "security", "serverlesssocial", "serverless_social", "service", "settings", "signin", "signup", "staff", "status", "support",
        "system", "tags", "team", "terms", "undefined", "webmaster", "www", "you",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The form in which a handle is stored and compared: lower case; null if it cannot be anyone's handle.</summary>
    public static string? Normalize(string? handle) =>
        handle is { Length: >= MinLength and <= MaxLength }
        && handle.ToLowerInvariant() is var lower
        && !lower.AsSpan().ContainsAnyExcept(Allowed)
        // Lower-casing turns some letters of other alphabets into Latin ones (the Kelvin sign): those were never allowed.
        && System.Text.Ascii.IsValid(handle)
            ? lower
            : null;

    /// <summary>Whether a normalised handle is kept for the service. "me", the best known of them, is too short to be a handle at all.</summary>
    public static bool IsReserved(string handle) => Reserved.Contains(handle);

    /// <summary>Whether the profile a claim speaks of belongs to somebody.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="account">The claim's account; null for profiles that no account calls with.</param>
    public static bool IsHeld(HandleDocument claim, AccountDocument? account) => account is null || account.ProfileId == claim.ProfileId;

    /// <summary>What stands with a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="account">The claim's account; null for profiles that no account calls with.</param>
    /// <param name="profile">The claim's profile, where the account has that one; null if there is none.</param>
    /// <param name="now">The time.</param>
    public static ClaimStanding StandingOf(HandleDocument claim, AccountDocument? account, ProfileDocument? profile, DateTimeOffset now)
    {
        var held = IsHeld(claim, account);
        if (claim.IsReserved || (held && (profile is null || profile.Answers(claim.Id, now))))
        {
            return ClaimStanding.Held;
        }

        var over = held ? profile!.FormerHandles.Any(former => former.Handle == claim.Id) : account!.ProfileId is not null;
        return over ? ClaimStanding.Void
            : now - claim.ClaimedAt < Patience ? ClaimStanding.Underway
            : ClaimStanding.Stalled;
    }
}
