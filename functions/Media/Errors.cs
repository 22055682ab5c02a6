using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Media;

/// <summary>The bytes are no picture this service knows, or a damaged one.</summary>
public sealed record NotAPicture() : Error(
    ErrorKind.UnsupportedMediaType,
    "not-a-picture",
    "The body is not a complete PNG, JPEG, GIF or WebP picture of at most 16,384 pixels a side and 100 million in all. It is judged by its content, not by its name or type.");

/// <summary>The picture is in a post, or is the owner's avatar.</summary>
public sealed record MediaInUse() : Error(
    ErrorKind.Conflict, "media-in-use", "The picture is in a post or is your avatar; delete the post or choose another avatar first.");
