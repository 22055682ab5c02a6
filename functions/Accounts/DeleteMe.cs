using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Accounts;

/// <summary>The wish to be deleted.</summary>
/// <param name="Handle">One's own handle once more, so that nobody does it by mistake.</param>
[Example("""{ "handle": "anna" }""")]
public sealed record AccountDeletion([property: Required] string? Handle = null);

/// <summary>Lets a person leave.</summary>
public sealed class DeleteMe(IDocumentStore documents, AccountClosing closing, AccessGate gate, TimeProvider time)
{
    /// <summary>Delete your account and everything that is yours. It cannot be taken back.</summary>
    /// <remarks>
    /// From the answer on you and what you made are not shown to anyone, and every call with this sign-in is answered with 410, which also
    /// tells that this one was received. Posts, pictures, reactions, follows, notifications and the rest are erased within about half an hour;
    /// counters of others fall by what you counted for. Your handle cannot be taken for 90 days; the same sign-in may sign up anew once nothing
    /// is left. A suspension or limit that still runs holds then, too: that alone is kept, under a keyed pseudonym and without a word, until it ends; one
    /// without an end for 180 days. Ask for an archive first, if you want one: POST /me/export.
    /// </remarks>
    [Function(nameof(DeleteMe))]
    [Access(Access.Profile, WhileSuspended = true)]
    [Limit(Bucket.Changes)]
    [RequestBody(typeof(AccountDeletion))]
    public async Task<Results<Accepted, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "me")] HttpRequest http, CancellationToken cancellationToken)
    {
        var (request, unreadable) = await http.ReadJsonAsync<AccountDeletion>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var caller = http.Caller()!;
        if (await documents.FindAsync<ProfileDocument>(caller.Me, caller.Me, cancellationToken) is not { } profile)
        {
            return new Missing("profile");
        }

        if (Handles.Normalize(request.Handle) != profile.Handle)
        {
            return new InvalidFields("handle", "Your own handle, to say that you mean it.");
        }

        var now = time.GetUtcNow();
        var deletion = new DeletionDocument
        {
            Id = Ids.New(now),
            ProfileId = profile.Id,
            AccountId = caller.AccountId,
            WorkSince = now,
            TraceParent = Activity.Current?.Id,
        };

        // The wish first: from here on it is carried out whatever happens. It is acknowledged once nobody sees or hears the person any more.
        (await documents.CreateAsync(deletion, cancellationToken)).NotThrottled();
        await closing.CloseAsync(deletion, cancellationToken);
        gate.Forget(caller.AccountId);
        return TypedResults.Accepted((string?)null);
    }
}
