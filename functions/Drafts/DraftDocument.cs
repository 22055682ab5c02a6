using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Drafts;

/// <summary>What a draft is to become.</summary>
public enum DraftKind
{
    /// <summary>A post.</summary>
    Post,
}

/// <summary>An earlier text of a draft.</summary>
/// <param name="Text">The text.</param>
/// <param name="At">When it was written.</param>
public sealed record DraftVersion(string Text, DateTimeOffset At);

/// <summary>
/// Something its owner writes on and nobody else sees, so that nobody looks at it before it is posted. It needs no work: whoever posts it makes a post of it
/// and then deletes it.
/// </summary>
[PersonalData(Belongs.ToProfile)]
public sealed record DraftDocument : Document, IDocument<DraftDocument>
{
    /// <summary>Earlier texts that are kept, of long ones fewer.</summary>
    public const int MostVersions = 20;

    /// <summary>UTF-16 units that earlier texts may have together: a list of drafts is read into memory.</summary>
    private const int MostVersionsLength = 60_000;

    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("drafts", "/ownerId");

    /// <summary>Profile whose draft it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>What it is to become.</summary>
    public DraftKind Kind { get; init; }

    /// <summary>What is written so far.</summary>
    public required DraftContent Content { get; init; }

    /// <summary>Earlier texts, the latest first.</summary>
    public IReadOnlyList<DraftVersion> Versions { get; init; } = [];

    /// <summary>How much of the text a model wrote.</summary>
    public TextProvenance Provenance { get; init; }

    /// <summary>When its text was written last.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Post that is being made of it; null while nobody posts it. Of two who do so at once, one has it.</summary>
    public string? PostedAs { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    private static List<DraftVersion> Kept(IEnumerable<DraftVersion> versions)
    {
        var (kept, length) = (new List<DraftVersion>(), 0);
        foreach (var version in versions.Take(MostVersions))
        {
            if ((length += version.Text.Length) > MostVersionsLength)
            {
                break;
            }

            kept.Add(version);
        }

        return kept;
    }

    /// <summary>The draft with other content; a text that is replaced stays as a version. The draft itself if nothing changes. Pure.</summary>
    public DraftDocument With(DraftContent content, DateTimeOffset now) => content.Equals(Content) ? this : this with
    {
        Content = content,
        Versions = content.Text == Content.Text || Content.Text.Length == 0 ? Versions : Kept(Versions.Prepend(new(Content.Text, UpdatedAt))),
        UpdatedAt = now,
    };
}
