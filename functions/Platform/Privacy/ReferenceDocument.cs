using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Platform.Privacy;

/// <summary>
/// A note that a document of somebody else's names a person, where nothing else leads from the person to it: written before that document, so
/// that whatever happens next the erasure of the person's account finds it.
/// </summary>
[PersonalData(Belongs.ToProfile)]
public sealed record ReferenceDocument : Document, IDocument<ReferenceDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("references", "/subjectId");

    /// <summary>Profile that is named. The document's id tells by what.</summary>
    public required string SubjectId { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => SubjectId;

    /// <summary>The note that something names a profile.</summary>
    /// <param name="subjectId">The profile.</param>
    /// <param name="prefix">What kind of document names it, with a colon at the end.</param>
    /// <param name="key">Which one.</param>
    public static ReferenceDocument Of(string subjectId, string prefix, string key) => new() { Id = prefix + key, SubjectId = subjectId };

    /// <summary>The key of such a note.</summary>
    public static DocumentKey KeyOf(string subjectId, string prefix, string key) => DocumentKey.Of<ReferenceDocument>(subjectId, prefix + key);
}
