using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Lists;

/// <summary>A profile has as many lists as it may.</summary>
public sealed record TooManyLists() : Error(
    ErrorKind.Conflict, "too-many-lists", $"You have {ListsDocument.MostLists} lists, the most there may be; delete one first.");

/// <summary>A list has as many members as it may.</summary>
public sealed record ListFull() : Error(
    ErrorKind.Conflict, "list-full", $"The list has {ListMembersDocument.MostMembers} members, the most there may be; remove one first.");
