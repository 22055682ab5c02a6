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

/// <summary>Issues tokens for development. It exists in the local host alone; elsewhere an OpenID Connect provider does this.</summary>
public sealed class IssueToken(LocalTokenKeys keys)
{
    /// <summary>Issues a token for any subject.</summary>
    [Function(nameof(IssueToken))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [RequestBody(typeof(TokenRequest))]
    public async Task<Results<Ok<TokenAnswer>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dev/token")] HttpRequest http, CancellationToken cancellationToken)
    {
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
