using System.Text.Json.Serialization;
using ServerlessSocial.Filters;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Tags;

/// <summary>A tag that somebody follows, as it is kept.</summary>
/// <param name="Name">The tag, normalised, without its sign.</param>
/// <param name="FollowId">Time-ordered id of the follow.</param>
public sealed record StoredTag(string Name, string FollowId);

/// <summary>The tags that a profile follows: one small document, because its feed needs all of them.</summary>
[PersonalData(Belongs.ToProfile)]
public sealed record FollowedTagsDocument : Document, IDocument<FollowedTagsDocument>
{
    /// <summary>Most tags that a profile follows: all of them are looked at for a page of its feed.</summary>
    public const int MostTags = 50;

    /// <summary>Id of the document within its partition.</summary>
    public const string TagsId = "tags";

    /// <inheritdoc/>
    public static ContainerDefinition Container => FiltersDocument.Container;

    /// <summary>Profile that follows them.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The tags, the one followed last at the end.</summary>
    public IReadOnlyList<StoredTag> Tags { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>Key of the tags that a profile follows.</summary>
    public static DocumentKey KeyOf(string ownerId) => DocumentKey.Of<FollowedTagsDocument>(ownerId, TagsId);

    /// <summary>The document of somebody who follows none yet.</summary>
    public static FollowedTagsDocument For(string ownerId) => new() { Id = TagsId, OwnerId = ownerId };

    /// <summary>Whether a tag is followed.</summary>
    public bool Holds(string name) => Tags.Any(tag => tag.Name == name);

    /// <summary>The document with one more tag; the same one if it is there or there are too many.</summary>
    public FollowedTagsDocument With(StoredTag tag) => Holds(tag.Name) || Tags.Count >= MostTags ? this : this with { Tags = [.. Tags, tag] };

    /// <summary>The document without a tag.</summary>
    public FollowedTagsDocument Without(string name) => Holds(name) ? this with { Tags = [.. Tags.Where(tag => tag.Name != name)] } : this;
}
