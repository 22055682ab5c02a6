using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Posts;

/// <summary>The post is for its author's followers, and a quote would carry it beyond them.</summary>
public sealed record NotQuotable() : Error(ErrorKind.Conflict, "not-quotable", "Only public posts can be quoted.");

/// <summary>The post may be seen by the caller, and not be passed on.</summary>
public sealed record NotBoostable() : Error(ErrorKind.Conflict, "not-boostable", "Only public posts that moderation approved can be boosted.");
