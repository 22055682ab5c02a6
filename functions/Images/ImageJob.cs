using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Images;

/// <summary>A request for a picture as its owner sees it.</summary>
/// <param name="Id">Job id.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Reason">Why there is no picture, in a sentence; only when refused or failed. In German or English, by Accept-Language.</param>
/// <param name="ReasonCode">Names that sentence.</param>
/// <param name="Media">The picture, once there is one and unless it was deleted; its id goes into a post like an upload's.</param>
/// <param name="Prompt">What was to be drawn.</param>
/// <param name="Style">In which manner.</param>
/// <param name="Size">Width and height in pixels.</param>
/// <param name="CreatedAt">When it was asked for.</param>
[Example("""{ "id": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e", "status": "done", "media": { "id": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e.019a5c2e0000700080000000000000ab", "url": "/api/media/019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e.019a5c2e0000700080000000000000ab", "contentType": "image/png", "width": 1024, "height": 1024 }, "prompt": "a lighthouse by the sea at night", "style": "watercolor", "size": "1024x1024", "createdAt": "2026-11-22T10:15:00.000Z" }""")]
public sealed record ImageJob(
    string Id, ImageJobStatus Status, string? Reason, string? ReasonCode, Posts.Media? Media, string Prompt, ImageStyle? Style, string Size, DateTimeOffset CreatedAt);

/// <summary>How far an image job has come.</summary>
public enum ImageJobStatus
{
    /// <summary>It waits.</summary>
    Queued,

    /// <summary>The picture is being made.</summary>
    Running,

    /// <summary>The picture is there.</summary>
    Done,

    /// <summary>The picture will not be made, because of what it was to show.</summary>
    Refused,

    /// <summary>The picture could not be made; asking again may help.</summary>
    Failed,
}
