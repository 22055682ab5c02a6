using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Profiles;

/// <summary>Somebody has the handle.</summary>
public sealed record HandleTaken(string Handle) : Error(ErrorKind.Conflict, "handle-taken", $"The handle {Handle} is taken.");

/// <summary>The caller has a profile already.</summary>
public sealed record ProfileExists() : Error(ErrorKind.Conflict, "profile-exists", "You have a profile already: GET /api/me.");
