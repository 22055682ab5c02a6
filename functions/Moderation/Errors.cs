using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Moderation;

/// <summary>Moderators do not judge in their own cause.</summary>
public sealed record OwnPost() : Error(ErrorKind.Forbidden, "own-post", "Another moderator must decide on your own post.");
