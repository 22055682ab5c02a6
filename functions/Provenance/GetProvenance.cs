using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Provenance;

/// <summary>Tells whether a file was made here, by its hash.</summary>
public sealed class GetProvenance(GeneratedPictures generated)
{
    private const int Digits = 64;

    /// <summary>Ask whether a model made a file on this service, by the file's SHA-256.</summary>
    /// <remarks>It finds pictures and thumbnails as they were fetched from here. One that was saved again has another hash: send it by POST.</remarks>
    [Function(nameof(GetProvenance))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [QueryParameter("sha256", "SHA-256 of the file, 64 hexadecimal digits.", MaxLength = Digits)]
    public async Task<Results<Ok<ProvenanceReport>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "provenance")] HttpRequest http, CancellationToken cancellationToken)
    {
        var hash = http.Query["sha256"].ToString();
        if (hash.Length != Digits || !hash.All(char.IsAsciiHexDigit))
        {
            return new InvalidFields("sha256", $"{Digits} hexadecimal digits.");
        }

        hash = hash.ToLowerInvariant();
        return await generated.FindFileAsync(hash, cancellationToken) is { } model
            ? TypedResults.Ok(new ProvenanceReport(hash, true, ProvenanceMatch.File, model))
            : TypedResults.Ok(new ProvenanceReport(hash, false));
    }
}
