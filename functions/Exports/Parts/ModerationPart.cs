using System.Runtime.CompilerServices;
using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Exports.Parts;

/// <summary>
/// <c>moderation.json</c>: what was decided about the person's posts, pictures, profile and account, why, and what the person said against it: what
/// the API shows them of it.
/// </summary>
public sealed class ModerationPart(IDocumentStore documents, TimeProvider time) : IExportPart
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public string Name => "moderation decisions";

    /// <inheritdoc/>
    public Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken) =>
        archive.WriteListAsync("moderation.json", DecisionsAsync(archive.Profile, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<object> DecisionsAsync(ProfileDocument profile, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var post in documents.QueryAllAsync<PostDocument>(new DocumentQuery(profile.Id, PageSize), cancellationToken))
        {
            if (post.DeletedAt is null && post.Moderation.CaseId is not null)
            {
                yield return new { Post = post.Id, post.Moderation.Status, Decisions = await ListAsync(post.Id, cancellationToken), post.Moderation.Appeal };
            }
        }

        await foreach (var media in documents.QueryAllAsync<MediaDocument>(new DocumentQuery(profile.Id, PageSize), cancellationToken))
        {
            if (media.DiscardedAt is null && media.Moderation.CaseId is not null)
            {
                yield return new { Media = media.Id, media.Moderation.Status, Decisions = await ListAsync(media.Id, cancellationToken), media.Moderation.Appeal };
            }
        }

        var own = (await ListAsync(profile.Id, cancellationToken)).ToLookup(decision => decision.Subject);
        if (own[SubjectType.Profile].Any() || profile.Pending is not null)
        {
            yield return new { Profile = profile.Id, profile.Moderation.Status, Decisions = own[SubjectType.Profile], profile.Moderation.Appeal };
        }

        if (own[SubjectType.Account].Any())
        {
            var caseId = new SubjectRef(SubjectType.Account, profile.Id).CaseId;
            var standing = await documents.FindAsync<StandingDocument>(profile.Id, profile.Id, cancellationToken);
            var file = await documents.FindAsync<CaseFileDocument>(caseId, caseId, cancellationToken);
            yield return new
            {
                Account = profile.Id,
                Standing = ProfilePresenter.OwnStanding(standing, time.GetUtcNow()),
                Decisions = own[SubjectType.Account],
                file?.Appeal,
            };
        }
    }

    private async Task<IReadOnlyList<Decision>> ListAsync(string subjectId, CancellationToken cancellationToken)
    {
        var decisions = new List<Decision>();
        await foreach (var item in documents.QueryAllAsync<CaseDocument>(new DocumentQuery(subjectId, PageSize), cancellationToken))
        {
            decisions.Add(Decision.Of(item, forModerator: false));
        }

        return decisions;
    }
}
