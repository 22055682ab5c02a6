using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Moderation;

/// <summary>Moderators do not judge in their own cause.</summary>
public sealed record OwnPost() : Error(ErrorKind.Forbidden, "own-post", "Another moderator must decide on your own post.");

/// <summary>There is an appeal, and a person has yet to decide on it.</summary>
public sealed record AlreadyAppealed() : Error(ErrorKind.Conflict, "already-appealed", "You have appealed this decision; a person will look at it.");

/// <summary>There is no decision against the post, or a person is looking at it already.</summary>
public sealed record NothingToAppeal() : Error(ErrorKind.Conflict, "nothing-to-appeal", "Only a post that was limited or removed can be appealed.");

/// <summary>The appeal was heard.</summary>
public sealed record DecisionFinal() : Error(ErrorKind.Conflict, "decision-final", "A person has decided on your appeal already.");
