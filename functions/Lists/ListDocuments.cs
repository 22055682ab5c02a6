using System.Text.Json.Serialization;
using ServerlessSocial.Filters;
using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Lists;

/// <summary>Which replies of its members the feed of a list shows; Mastodon's policies. Answers to oneself always come.</summary>
public enum RepliesPolicy
{
    /// <summary>Answers to members of the list.</summary>
    List,

    /// <summary>Answers to anybody its owner follows.</summary>
    Followed,

    /// <summary>None.</summary>
    [StandsForUnknown]
    None,
}

/// <summary>A list as it is kept; its members stand apart.</summary>
/// <param name="Id">Id, sorts by time.</param>
/// <param name="Name">Its name, which nobody but its owner learns.</param>
/// <param name="RepliesPolicy">Which replies its feed shows.</param>
/// <param name="Edition">Counts its versions, for its ETag: other lists stand in the same document.</param>
public sealed record StoredList(string Id, string Name, RepliesPolicy RepliesPolicy, long Edition)
{
    /// <summary>It was deleted, and its members are still to be forgotten.</summary>
    public bool Deleted { get; init; }
}

/// <summary>The lists of a profile: one small document, so that their number is bounded without a race.</summary>
[PersonalData(Belongs.ToProfile)]
public sealed record ListsDocument : Document, IDocument<ListsDocument>
{
    /// <summary>Most lists of a profile.</summary>
    public const int MostLists = 50;

    /// <summary>Id of the document within its partition.</summary>
    public const string ListsId = "lists";

    /// <inheritdoc/>
    public static ContainerDefinition Container => FiltersDocument.Container;

    /// <summary>Profile whose lists they are.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The lists, the oldest first, also those that are being deleted.</summary>
    public IReadOnlyList<StoredList> Lists { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>The document of somebody who has none yet.</summary>
    public static ListsDocument For(string ownerId) => new() { Id = ListsId, OwnerId = ownerId };

    /// <summary>The lists that are not deleted.</summary>
    [JsonIgnore]
    public IReadOnlyList<StoredList> Standing => [.. Lists.Where(list => !list.Deleted)];

    /// <summary>The list of that id; null if there is none or it is deleted.</summary>
    public StoredList? Find(string id) => Lists.FirstOrDefault(list => list.Id == id && !list.Deleted);

    /// <summary>The document with a list, in the place of its former version if there is one.</summary>
    public ListsDocument With(StoredList changed) =>
        this with { Lists = [.. Lists.Where(list => list.Id != changed.Id).Append(changed).OrderBy(list => list.Id, StringComparer.Ordinal)] };

    /// <summary>The document without a list.</summary>
    public ListsDocument Without(string id) => this with { Lists = [.. Lists.Where(list => list.Id != id)] };
}

/// <summary>Somebody in a list.</summary>
/// <param name="AddedId">Time-ordered id of the adding: the place in the list.</param>
/// <param name="ProfileId">Who.</param>
public sealed record ListMember(string AddedId, string ProfileId);

/// <summary>
/// The members of a list: one document, because its feed needs all of them. Nothing leads from a member to it but a note in <c>references</c>, which is
/// written before it.
/// </summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(EraseListMemberships))]
public sealed record ListMembersDocument : Document, IDocument<ListMembersDocument>
{
    /// <summary>Most members of a list.</summary>
    public const int MostMembers = 500;

    /// <summary>Prefix of the notes that somebody is in a list; behind it stand the owner's id and the list's, with a colon between.</summary>
    public const string Note = "list:";

    /// <inheritdoc/>
    public static ContainerDefinition Container => FiltersDocument.Container;

    /// <summary>Profile whose list it is.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The members, who was added last at the end.</summary>
    public IReadOnlyList<ListMember> Members { get; init; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>Id of the document within its owner's partition.</summary>
    public static string IdOf(string listId) => $"members:{listId}";

    /// <summary>The members of a list that has none yet.</summary>
    public static ListMembersDocument For(string ownerId, string listId) => new() { Id = IdOf(listId), OwnerId = ownerId };

    /// <summary>What stands behind the prefix in the note of a membership.</summary>
    public static string NoteKey(string ownerId, string listId) => $"{ownerId}:{listId}";

    /// <summary>Whether a profile is in the list.</summary>
    public bool Holds(string profileId) => Members.Any(member => member.ProfileId == profileId);

    /// <summary>The document with one more member; the same one if it is there or there are too many.</summary>
    public ListMembersDocument With(ListMember member) =>
        Holds(member.ProfileId) || Members.Count >= MostMembers ? this : this with { Members = [.. Members, member] };

    /// <summary>The document without a member.</summary>
    public ListMembersDocument Without(string profileId) =>
        Holds(profileId) ? this with { Members = [.. Members.Where(member => member.ProfileId != profileId)] } : this;
}
