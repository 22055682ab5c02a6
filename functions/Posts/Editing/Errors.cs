using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Posts.Editing;

/// <summary>The post is held or removed, or its author appeals: what it says is looked at as it is.</summary>
public sealed record NotEditable() : Error(
    ErrorKind.Conflict, "not-editable", "It is held or removed, or a person looks at it because you appealed, and cannot be edited; you can delete it with redraft=true and write it anew.");

/// <summary>The post was edited as often as a post can be.</summary>
public sealed record TooManyEdits() : Error(ErrorKind.Conflict, "too-many-edits", $"A post can be edited {PostEditing.MostEdits} times.");

/// <summary>The post is spontaneous.</summary>
public sealed record StaysAsItIs() : Error(ErrorKind.Conflict, "spontaneous", "It was posted as spontaneous, and stays as it was typed; you can delete it.");
