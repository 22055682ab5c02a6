namespace ServerlessSocial.Profiles;

/// <summary>Answers a former handle: the profile has another one now (308, RFC 9110, section 15.4.9).</summary>
/// <param name="Handle">Its present handle.</param>
public sealed record MovedProfile(string Handle) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        // The former handle is somebody else's one day: nobody shall remember this.
        httpContext.Response.Headers.CacheControl = "no-store";
        return TypedResults.Redirect($"/api/profiles/{Handle}", permanent: true, preserveMethod: true).ExecuteAsync(httpContext);
    }
}
