using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;
using ServerlessSocial.Reports;

namespace ServerlessSocial.Moderation;

/// <summary>Lets a moderator take a case and shows what it is about.</summary>
public sealed class ClaimCase(IDocumentStore documents, CaseDesk desk, Subjects subjects, ReportAnswers reports, TimeProvider time)
{
    /// <summary>Take a case for a quarter of an hour, and see what it is about.</summary>
    /// <remarks>
    /// For moderators. Nobody else works on it meanwhile; taking it again takes it for longer. It, and every further look while it is yours
    /// (<c>GET /posts/{id}</c>, <c>GET /media/{id}</c>), is on record. Whoever decided in it hears no appeal of it, and whoever reported it does not take it. Of a profile that
    /// was only reported, what is kept back is not shown: <c>wanted</c> is then what is shown.
    /// </remarks>
    [Function(nameof(ClaimCase))]
    [Access(Access.Moderator)]
    [Limit(Bucket.Moderation)]
    [Answers(ErrorKind.Conflict)]
    public async Task<Results<Ok<ModerationCase>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "moderation/cases/{id}/claim")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        if (!SubjectRef.TryParse(id, out var subject))
        {
            return new Missing("case");
        }

        var (file, error) = await desk.ClaimAsync(subject, Viewer.Of(http), cancellationToken);
        if (error is not null)
        {
            return error;
        }

        var owner = await documents.FindAsync<ProfileDocument>(file!.OwnerId, file.OwnerId, cancellationToken);
        var content = await subjects.Of(subject.Type).ShowAsync(subject.Id, Viewer.Of(http), cancellationToken);
        return TypedResults.Ok(ModerationCase.Of(file, kind: null, owner, 0, http.Me(), time.GetUtcNow()) with
        {
            Appeal = file.Appeal?.Text,
            Statements = await reports.StatementsAsync(file.Id, cancellationToken),
            Post = content.Post,
            Profile = content.Profile,
            Media = content.Media,
        });
    }
}
