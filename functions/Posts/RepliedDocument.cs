using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Posts;

/// <summary>
/// That somebody answered a post, and by which replies: so that one point read tells them, beside the post. The projection of the replies writes it and
/// takes it back, and it is gone with the last of them.
/// </summary>
[PersonalData(Belongs.ToProfile)]
public sealed record RepliedDocument : Document, IDocument<RepliedDocument>
{
    /// <summary>So many replies of one person to one post are noted; to know that there are any, one is enough.</summary>
    public const int Most = 100;

    /// <summary>Seconds after which a note of no reply any more is removed.</summary>
    public const int EmptySeconds = 60;

    /// <inheritdoc/>
    public static ContainerDefinition Container => ReplyDocument.Container;

    /// <summary>Profile that answered: partitions of threads have other names.</summary>
    public required string RootId { get; init; }

    /// <summary>Its replies to the post.</summary>
    public IReadOnlyList<string> Replies { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => RootId;

    /// <summary>Id of the note about a post.</summary>
    public static string IdOf(string postId) => "replied:" + postId;
}
