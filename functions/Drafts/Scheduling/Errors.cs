using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Drafts.Scheduling;

/// <summary>The caller has as many scheduled posts as one may have.</summary>
public sealed record TooManyScheduled() : Error(ErrorKind.Conflict, "too-many-scheduled", $"You have {PostScheduling.MostWaiting} scheduled posts; delete some, or wait until some are published.");

/// <summary>The time of the post has come.</summary>
public sealed record AlreadyPublished() : Error(ErrorKind.Conflict, "already-published", "Its time has come: change or delete the post itself.");
