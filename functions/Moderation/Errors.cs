using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Moderation;

/// <summary>Moderators do not judge in their own cause.</summary>
public sealed record OwnCase() : Error(ErrorKind.Forbidden, "own-case", "Another moderator must decide on what is your own.");

/// <summary>Whoever reported something does not judge it.</summary>
public sealed record OwnReport() : Error(ErrorKind.Forbidden, "own-report", "You have reported this; another moderator must decide.");

/// <summary>Moderators do not hold back each other: nobody would be left to hear appeals.</summary>
public sealed record ModeratorAccount() : Error(
    ErrorKind.Conflict, "moderator-account", "This account is a moderator's. Have the role taken away at the identity provider, which shows with its next call, and then limit or suspend it.");

/// <summary>An appeal is never heard by whoever decided.</summary>
public sealed record HeardBefore() : Error(ErrorKind.Forbidden, "heard-before", "You have decided in this case; another moderator must hear the appeal.");

/// <summary>Whose decision was overturned does not take it anew.</summary>
public sealed record Overturned() : Error(
    ErrorKind.Forbidden, "overturned", "Your decision on this was overturned on appeal; another moderator must decide whether to hold it back again.");

/// <summary>Nothing holds the account back.</summary>
public sealed record NothingToLift() : Error(ErrorKind.Conflict, "nothing-to-lift", "Nothing holds this account back.");

/// <summary>Somebody else works on the case.</summary>
public sealed record CaseTaken(DateTimeOffset Until) : Error(
    ErrorKind.Conflict,
    "case-taken",
    $"Another moderator is working on this case until {Until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)}.");

/// <summary>There is no decision against it.</summary>
public sealed record NothingToAppeal() : Error(ErrorKind.Conflict, "nothing-to-appeal", "There is no decision against you here that could be appealed.");

/// <summary>The appeal waits for a person.</summary>
public sealed record AppealWaiting() : Error(ErrorKind.Conflict, "appeal-waiting", "Your appeal is waiting for a person already.");

/// <summary>The appeal was heard.</summary>
public sealed record DecisionFinal() : Error(ErrorKind.Conflict, "decision-final", "A person has decided on your appeal already.");

/// <summary>The owner changed the profile since the moderator looked at it.</summary>
public sealed record ProfileChanged() : Error(ErrorKind.Conflict, "profile-changed", "The profile has changed since you looked at it; look again.");
