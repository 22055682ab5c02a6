using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Posts;

/// <summary>The post may be seen by the caller, and not be quoted: it is for followers, limited, or its author does not let the caller.</summary>
public sealed record NotQuotable() : Error(
    ErrorKind.Conflict, "not-quotable", "Only public posts that are spread can be quoted, and only by those whom their author lets: none that is limited, or in which nobody has looked at a picture of a new account yet.");

/// <summary>
/// The post may be seen by the caller, and not be answered: its author or whoever began the thread does not let the caller. A block is not
/// told from a policy.
/// </summary>
public sealed record NotAnswerable() : Error(
    ErrorKind.Conflict, "not-answerable", "Its author, or whoever began the thread, does not let you answer here.");

/// <summary>The post may be seen by the caller, and not be passed on.</summary>
public sealed record NotBoostable() : Error(ErrorKind.Conflict, "not-boostable", "Only public posts that are spread can be boosted: none that is limited, or in which nobody has looked at a picture of a new account yet.");

/// <summary>As many posts are pinned as may be.</summary>
public sealed record TooManyPins() : Error(ErrorKind.Conflict, "too-many-pins", "Three posts are pinned already: unpin one first.");
