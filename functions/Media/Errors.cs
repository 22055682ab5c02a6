using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Media;

/// <summary>The bytes are no picture this service knows, or one that is damaged beyond reading.</summary>
public sealed record NotAPicture() : Error(
    ErrorKind.UnsupportedMediaType,
    "not-a-picture",
    "The body is not a picture that can be read: JPEG, PNG, GIF, WebP or AVIF. It is judged by its content, not by its name or type.");

/// <summary>A HEIF file, which phones of Apple store unless told otherwise, and which most browsers cannot show.</summary>
public sealed record HeicNotTaken() : Error(
    ErrorKind.UnsupportedMediaType,
    "heic-not-taken",
    "The picture is a HEIC file, which most browsers cannot show. Send it as JPEG; on an iPhone, choose Settings, Camera, Formats, Most Compatible.");

/// <summary>Decoding the picture would ask too much.</summary>
public sealed record PictureTooLarge() : Error(
    ErrorKind.TooLarge,
    "picture-too-large",
    $"A picture may have {PictureLimits.MaxSide:N0} pixels a side and {PictureLimits.MaxPixels:N0} in all; an animation {PictureLimits.MaxFrames:N0} frames "
    + $"and {PictureLimits.MaxAnimatedPixels:N0} pixels in all of them together.");

/// <summary>The account has as many uploads under way as may wait.</summary>
public sealed record TooManyUploads(TimeSpan Wait) : Error(
    ErrorKind.TooManyRequests,
    "too-many-uploads",
    $"Of an account one upload is worked at and {UploadTurns.MaxWaiting} may wait; send more when those are done.")
{
    /// <inheritdoc/>
    public override TimeSpan? RetryAfter => Wait;
}

/// <summary>A process has as many uploads under way as it has room for.</summary>
public sealed record NoRoomForUploads(TimeSpan Wait) : Error(
    ErrorKind.Unavailable, "uploads-busy", "Too many pictures are being uploaded at the moment; please try again later.")
{
    /// <inheritdoc/>
    public override TimeSpan? RetryAfter => Wait;
}

/// <summary>A range that begins behind the picture's end.</summary>
public sealed record NoSuchRange(long Length) : Error(ErrorKind.RangeNotSatisfiable, "no-such-range", $"The picture has {Length:N0} bytes.");

/// <summary>The picture is in a post, or is the owner's avatar.</summary>
public sealed record MediaInUse() : Error(
    ErrorKind.Conflict, "media-in-use", "The picture is in a post or is your avatar; delete the post or choose another avatar first.");

/// <summary>The picture is in a post, whose descriptions were moderated with it.</summary>
public sealed record MediaInPost() : Error(
    ErrorKind.Conflict, "media-in-post", "The picture is in a post, and its description was moderated with the post; edit the post to describe it otherwise (PATCH /posts/{id}).");
