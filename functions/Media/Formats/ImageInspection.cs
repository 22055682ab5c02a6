namespace ServerlessSocial.Media.Formats;

/// <summary>What an image says about itself, read from its content and never from its name or declared type.</summary>
/// <param name="ContentType">Media type: <c>image/png</c>, <c>image/jpeg</c>, <c>image/gif</c> or <c>image/webp</c>.</param>
/// <param name="Extension">Usual file extension with its dot: <c>.png</c>, <c>.jpg</c>, <c>.gif</c> or <c>.webp</c>.</param>
/// <param name="Width">Width in pixels as shown, so after a JPEG's EXIF orientation is applied.</param>
/// <param name="Height">Height in pixels as shown, so after a JPEG's EXIF orientation is applied.</param>
public sealed record ImageInspection(string ContentType, string Extension, int Width, int Height);
