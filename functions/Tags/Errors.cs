using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Tags;

/// <summary>A profile follows as many tags as it may.</summary>
public sealed record TooManyTags() : Error(
    ErrorKind.Conflict, "too-many-tags", $"You follow {FollowedTagsDocument.MostTags} hashtags, the most there may be; unfollow one first.");
