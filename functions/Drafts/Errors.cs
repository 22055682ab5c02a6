using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Drafts;

/// <summary>The caller has as many drafts as one may have.</summary>
public sealed record TooManyDrafts() : Error(ErrorKind.Conflict, "too-many-drafts", $"You have {DraftStore.MostDrafts} drafts; post or delete some.");

/// <summary>The draft is being posted by another request.</summary>
public sealed record DraftBeingPosted() : Error(ErrorKind.Conflict, "draft-being-posted", "The draft is being posted by another request.");
