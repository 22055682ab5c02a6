using System.Globalization;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Moderation;

/// <summary>Something a moderator did.</summary>
/// <param name="Id">Its number in the chain.</param>
/// <param name="At">When.</param>
/// <param name="Moderator">Who; left out if their profile is gone.</param>
/// <param name="Act">What: <c>claim</c>, <c>look</c> or <c>decide</c>.</param>
/// <param name="CaseId">In which case.</param>
/// <param name="Detail">What exactly: id of the decision, what was decided, by which rule, until when.</param>
/// <param name="Hash">SHA-256 of the entry and of the one before it.</param>
public sealed record AuditEntry(string Id, DateTimeOffset At, ProfileCard? Moderator, AuditAct Act, string CaseId, string? Detail, string Hash);

/// <summary>A page of the audit trail.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">Cursor of the next page; left out on the last one.</param>
/// <param name="Whole">Whether every entry of this page is as it was written and follows the one before it: who has paged to the end has checked the chain.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Items, string? Next, bool Whole) : IListed;

/// <summary>Shows what moderators did.</summary>
public sealed class ListAudit(IDocumentStore documents, Cursors cursors, IOptions<ModerationOptions> options)
{
    /// <summary>List what moderators did, newest first, and whether the record is whole.</summary>
    /// <remarks>For moderators. The trail is divided into chains (<c>Moderation:AuditShards</c>), each moderator's acts being in one.</remarks>
    [Function(nameof(ListAudit))]
    [Access(Access.Moderator)]
    [Limit(Bucket.Reads)]
    [Paged]
    [QueryParameter("chain", "Which chain, from 0, the default.", MaxLength = 2)]
    public async Task<Results<Ok<AuditPage>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "moderation/audit")] HttpRequest http, CancellationToken cancellationToken)
    {
        var shard = 0;
        if (http.Query.TryGetValue("chain", out var asked)
            && !(int.TryParse(asked.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out shard) && shard < options.Value.AuditShards))
        {
            return new InvalidFields("chain", $"A whole number below {options.Value.AuditShards}.");
        }

        var chain = AuditEntryDocument.ChainOf(shard);
        var (page, error) = PageRequest.Read(http, cursors, chain);
        if (error is not null)
        {
            return error;
        }

        // One more than is shown, at least: the last one shown must follow it.
        var found = await documents.QueryAsync<AuditEntryDocument>(new DocumentQuery(chain, page.Limit + 1) { Descending = true }.After(page.After), cancellationToken);
        var entries = found.Items;
        var loaded = entries.Take(page.Limit).ToList();
        var people = await documents.ReadManyAsync([.. loaded.Select(entry => DocumentKey.Of<ProfileDocument>(entry.ModeratorId, entry.ModeratorId)).Distinct()], cancellationToken);
        var items = loaded.Select(entry => ItemOf(entry, people)).ToList();
        var count = page.Budget.TakeOf(items);
        var shown = loaded[..count];
        var whole = shown.Select((entry, place) => entry.Follows(place + 1 < entries.Count ? entries[place + 1] : null)).All(follows => follows)
            && (page.After is null || shown.Count == 0 || shown[0].Number == long.Parse(page.After, NumberStyles.None, CultureInfo.InvariantCulture) - 1);
        return TypedResults.Ok(new AuditPage(items[..count], cursors.Make(chain, count < entries.Count ? shown[^1].Id : null), whole));
    }

    private static AuditEntry ItemOf(AuditEntryDocument entry, DocumentSet people) => new(
        entry.Id,
        entry.At,
        people.Get<ProfileDocument>(entry.ModeratorId, entry.ModeratorId) is { } moderator ? ProfilePresenter.Card(moderator) : null,
        entry.Act,
        entry.CaseId,
        entry.Detail,
        entry.Hash);
}
