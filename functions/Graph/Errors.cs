using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Graph;

/// <summary>One cannot follow, block or mute oneself.</summary>
public sealed record Oneself() : Error(ErrorKind.Unprocessable, "oneself", "You cannot follow, block or mute yourself.");
