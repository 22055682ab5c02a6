using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// A claimed idempotency key. What the request said is not kept, nor what was answered: only, under a key of the service's, whether two requests
/// are the same, and what was created.
/// </summary>
[PersonalData(Belongs.ToAccount)]
public sealed record IdempotencyDocument : Document, IDocument<IdempotencyDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("idempotency", "/callerId") { DefaultTimeToLive = 24 * 60 * 60 };

    /// <summary>Account of the caller.</summary>
    public required string CallerId { get; init; }

    /// <summary>HMAC-SHA-256 of the request: nobody who reads this can try what it said.</summary>
    public required string RequestHash { get; init; }

    /// <summary>Id given to what the request creates, so that whoever takes an abandoned claim over creates the same thing.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Until when the claim belongs to whoever is working on it.</summary>
    public required DateTimeOffset ClaimedUntil { get; init; }

    /// <summary>The request was carried out.</summary>
    public bool IsDone { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => CallerId;
}

/// <summary>
/// Carries out creating requests once per <c>Idempotency-Key</c> and caller
/// (draft-ietf-httpapi-idempotency-key-header): for 24 hours the same request is answered with what it created, as that is by then, or with
/// 410 if it is gone; another request with the same key with 422. Errors are not kept: nothing was created, so the request may be tried again.
/// </summary>
public sealed class Idempotency(IDocumentStore documents, ServiceKey secret, TimeProvider time)
{
    /// <summary>Short, because taking over too early does no harm: both create the same resource.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(3);

    /// <summary>Runs <paramref name="create"/> with the id of what it creates, unless the key says that it has been carried out.</summary>
    /// <param name="http">The request.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="body">What decides whether two requests are the same.</param>
    /// <param name="create">
    /// Creates the resource under the given id; must succeed when it finds that very resource created already, and answer with
    /// <see cref="Missing"/> when it was deleted since.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask<Outcome<T>> OnceAsync<T>(HttpRequest http, Caller caller, object body, Func<string, Task<Outcome<T>>> create, CancellationToken cancellationToken)
        where T : class => OnceAsync(http, caller, body, create, create, cancellationToken);

    /// <summary>Like the other, for resources that are simpler to read than to create anew.</summary>
    /// <param name="http">The request.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="body">What decides whether two requests are the same.</param>
    /// <param name="create">Creates the resource under the given id; must succeed when it finds that very resource created already.</param>
    /// <param name="read">Reads what was created under the id; <see cref="Missing"/> when it is gone.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="wasCreated">
    /// Whether anything was ever created under the id, for resources that leave a trace when they are deleted for longer than keys are kept: it says then that the
    /// request was carried out, and the key need not be written for that once more. Null for others.
    /// </param>
    public async ValueTask<Outcome<T>> OnceAsync<T>(
        HttpRequest http,
        Caller caller,
        object body,
        Func<string, Task<Outcome<T>>> create,
        Func<string, Task<Outcome<T>>> read,
        CancellationToken cancellationToken,
        Func<string, Task<bool>>? wasCreated = null)
        where T : class
    {
        if (!http.Headers.TryGetValue("Idempotency-Key", out var header))
        {
            return await create(Ids.New(time));
        }

        var key = header.ToString();
        if (key.Length is 0 or > 255 || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return new InvalidFields("Idempotency-Key", "1 to 255 printable ASCII characters without spaces.");
        }

        var hash = Hash($"{http.Method} {http.Path}\n{(body as string) ?? JsonSerializer.Serialize(body, ApiJson.Options)}");
        var id = Hash(key);
        while (true)
        {
            var mine = await ClaimAsync(caller, id, hash, wasCreated, cancellationToken);
            if (mine.RequestHash != hash)
            {
                return new KeyReused();
            }

            if (mine.IsDone)
            {
                var again = await read(mine.ResourceId);
                return again.Error is Missing ? new CreatedAndGone() : again;
            }

            if (mine.ETag is not null)
            {
                return await RunAsync(mine, create, marks: wasCreated is null, cancellationToken);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25), time, cancellationToken);
        }
    }

    /// <summary>Claims the key, or shows who has it: the result carries an ETag only if the claim is this call's.</summary>
    private async ValueTask<IdempotencyDocument> ClaimAsync(Caller caller, string id, string hash, Func<string, Task<bool>>? wasCreated, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var claim = new IdempotencyDocument
        {
            Id = id,
            CallerId = caller.AccountId,
            RequestHash = hash,
            ResourceId = Ids.New(now),
            ClaimedUntil = now + Claim,
        };
        var created = (await documents.CreateAsync(claim, cancellationToken)).NotThrottled();
        if (created.IsDone)
        {
            return created.Document!;
        }

        var other = await documents.FindAsync<IdempotencyDocument>(caller.AccountId, id, cancellationToken);
        if (other is { IsDone: false } && other.RequestHash == hash && wasCreated is not null && await wasCreated(other.ResourceId))
        {
            return other with { IsDone = true, ETag = null };
        }

        if (other is null || other.IsDone || other.RequestHash != hash || other.ClaimedUntil > now)
        {
            // A claim that vanished meanwhile (its owner met an expected error) is asked for again.
            return (other ?? claim) with { ETag = null };
        }

        // Whoever claimed it died on the way: take over, with the id that was given out then.
        var taken = (await documents.ReplaceAsync(other with { ClaimedUntil = now + Claim }, cancellationToken)).NotThrottled();
        return taken.IsDone ? taken.Document! : other with { ETag = null };
    }

    private async Task<Outcome<T>> RunAsync<T>(IdempotencyDocument claim, Func<string, Task<Outcome<T>>> create, bool marks, CancellationToken cancellationToken)
        where T : class
    {
        Outcome<T> outcome;
        try
        {
            outcome = await create(claim.ResourceId);
        }
        catch
        {
            // The claim stays, with its resource id, and may be taken over at once.
            await documents.ReplaceAsync(claim with { ClaimedUntil = time.GetUtcNow() }, CancellationToken.None);
            throw;
        }

        if (outcome.Error is not null)
        {
            await documents.DeleteAsync<IdempotencyDocument>(claim.CallerId, claim.Id, cancellationToken);
            return outcome;
        }

        if (marks)
        {
            // If somebody took the claim over in between, they created the same resource and their answer is as good.
            await documents.ReplaceAsync(claim with { IsDone = true }, cancellationToken);
        }

        return outcome;
    }

    private string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(secret.Bytes, Encoding.UTF8.GetBytes(text)));
}

/// <summary>The key was used for another request.</summary>
public sealed record KeyReused() : Error(ErrorKind.Unprocessable, "idempotency-key-reused", "This Idempotency-Key was used for another request.");

/// <summary>The request was carried out, and what it created is gone since.</summary>
public sealed record CreatedAndGone() : Error(ErrorKind.Gone, "created-and-gone", "This request was carried out before, and what it created was deleted since.");
