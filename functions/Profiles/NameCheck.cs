using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Profiles.Names;

namespace ServerlessSocial.Profiles;

/// <summary>Refuses handles and display names that pass for staff or for somebody known here. Staff may be called what it is.</summary>
public sealed class NameCheck(KnownNames known)
{
    /// <summary>What is said of a name that looks like that of somebody known here.</summary>
    public const string LooksKnown = "This name looks like that of somebody known here.";

    /// <summary>What is wrong with names that somebody wants, or null.</summary>
    /// <param name="handle">The handle; null if it does not change.</param>
    /// <param name="displayName">The display name; null if it does not change.</param>
    /// <param name="caller">Who wants them.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<Error?> ProblemAsync(string? handle, string? displayName, Caller caller, CancellationToken cancellationToken)
    {
        List<string> names = [.. new[] { handle, displayName }.OfType<string>()];
        if (names.Count == 0 || caller.IsModerator)
        {
            return null;
        }

        var staff = new Validation()
            .Note("handle", handle is null ? null : StaffNames.Problem(handle))
            .Note("displayName", displayName is null ? null : StaffNames.Problem(displayName))
            .Error;
        if (staff is not null)
        {
            return staff;
        }

        var taken = await known.TakenAsync(names, caller.ProfileId, cancellationToken);
        return new Validation()
            .Require(handle is null || !taken.Contains(handle), "handle", LooksKnown)
            .Require(displayName is null || !taken.Contains(displayName), "displayName", LooksKnown)
            .Error;
    }
}
