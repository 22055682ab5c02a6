using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Polls;

/// <summary>The poll is closed.</summary>
public sealed record PollClosed() : Error(ErrorKind.Conflict, "poll-closed", "The poll is closed.");

/// <summary>The caller has voted otherwise.</summary>
public sealed record AlreadyVoted() : Error(ErrorKind.Conflict, "already-voted", "You have voted, and a vote cannot be changed.");

/// <summary>The poll is the caller's own.</summary>
public sealed record OwnPoll() : Error(ErrorKind.Conflict, "own-poll", "The poll is yours: you see its results without voting.");
