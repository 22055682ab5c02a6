using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Hosts.Local;

/// <summary>For whom a development token is wanted.</summary>
/// <param name="Subject">Who it is for: 1 to 100 characters; the same subject is the same account.</param>
/// <param name="Role"><c>user</c> (the default) or <c>moderator</c>.</param>
[Example("""{ "subject": "anna", "role": "user" }""")]
public sealed record TokenRequest(string Subject, string? Role = null);

/// <summary>A development token.</summary>
/// <param name="Token">Bearer token (JWT).</param>
public sealed record TokenAnswer(string Token);

/// <summary>
/// Issues tokens for development, to whoever asks on this machine. It exists in the local host alone; elsewhere an OpenID Connect provider does this.
/// </summary>
public sealed class IssueToken(LocalTokenKeys keys)
{
    /// <summary>Issues a token for any subject.</summary>
    /// <remarks>To callers on the same machine that name it as such: <c>localhost</c> or a loopback address as host.</remarks>
    [Function(nameof(IssueToken))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [RequestBody(typeof(TokenRequest))]
    [Answers(ErrorKind.Forbidden)]
    public async Task<Results<Ok<TokenAnswer>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dev/token")] HttpRequest http, CancellationToken cancellationToken)
    {
        if (!Loopback.IsCaller(http.HttpContext))
        {
            return new NotLocal();
        }

        var (request, unreadable) = await http.ReadJsonAsync<TokenRequest>(cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        var invalid = new Validation()
            .Require(request.Subject is { Length: > 0 and <= 100 } && !string.IsNullOrWhiteSpace(request.Subject), "subject", "1 to 100 characters.")
            .Require(request.Role is null or "user" or "moderator", "role", "user or moderator.")
            .Error;
        if (invalid is not null)
        {
            return invalid;
        }

        return TypedResults.Ok(new TokenAnswer(keys.Issue(request.Subject, request.Role == "moderator" ? "moderator" : null)));
    }
}

/// <summary>Somebody asks who is not on this machine, or by another name for it.</summary>
public sealed record NotLocal() : Error(ErrorKind.Forbidden, "not-local", "Development tokens are for callers on this machine, at localhost or a loopback address.");
