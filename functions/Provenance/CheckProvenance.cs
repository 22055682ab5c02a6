using System.Security.Cryptography;
using ServerlessSocial.Media;
using ServerlessSocial.Media.Pictures;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Provenance;

/// <summary>Tells whether a picture was made here, by the picture.</summary>
public sealed class CheckProvenance(GeneratedPictures generated, ContentCredentials credentials, PictureProcessor pictures, PictureIntake intake)
{
    /// <summary>Whoever is not signed in shares one turn, so that they leave room for uploads.</summary>
    private const string Nobody = "nobody";

    /// <summary>Ask whether a model made a picture on this service, by the picture itself; nothing of it is kept.</summary>
    /// <remarks>
    /// The body is the file, as for an upload. It is recognised by its hash, by a manifest of this service's, by its pixels, or by its likeness: saved again,
    /// scaled or mirrored, but not cut or turned. The answer says what else the file says of itself, too, which nobody has verified unless this service signed it.
    /// </remarks>
    [Function(nameof(CheckProvenance))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Uploads)]
    [RequestBody(typeof(byte[]), "image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic", "image/heif", "application/octet-stream")]
    [Answers(ErrorKind.Unavailable)]
    public async Task<Results<Ok<ProvenanceReport>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "provenance")] HttpRequest http, CancellationToken cancellationToken)
    {
        if (PictureIntake.TypeProblem(http) is { } wrong)
        {
            return wrong;
        }

        var (received, refused) = await intake.ReceiveAsync(http, http.Caller()?.AccountId ?? Nobody, cancellationToken);
        using var file = received;
        if (file is null)
        {
            return refused!;
        }

        var (report, error) = await ReportAsync(file.Bytes, cancellationToken);
        return error is not null ? error : TypedResults.Ok(report);
    }

    private async Task<Outcome<ProvenanceReport>> ReportAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        var (picture, error) = await pictures.ProcessAsync(file, generated: false, cancellationToken);
        if (picture is null)
        {
            return error!;
        }

        var manifest = (await credentials.FindAsync(file, cancellationToken))?.Manifest;
        var report = new ProvenanceReport(Convert.ToHexStringLower(SHA256.HashData(file.Span)), false, Marked: picture.IsMarked, Manifest: manifest);
        if (await generated.FindFileAsync(report.Sha256, cancellationToken) is { } model)
        {
            return report with { MadeHere = true, Match = ProvenanceMatch.File, Model = model };
        }

        var likeness = await generated.FindAsync(picture, cancellationToken);
        return manifest is { State: ManifestState.Intact } ? report with { MadeHere = true, Match = ProvenanceMatch.Manifest, Model = likeness?.Model }
            : likeness is var (found, match) ? report with { MadeHere = true, Match = match, Model = found }
            : report;
    }
}
