using System.Runtime.CompilerServices;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>moderation.json</c>: what was decided about the person's posts, why, and what the person said against it.</summary>
public sealed class ModerationPart(IDocumentStore documents) : IExportPart
{
    /// <inheritdoc/>
    public string Name => "moderation decisions";

    /// <inheritdoc/>
    public Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken) =>
        archive.WriteListAsync("moderation.json", DecisionsAsync(archive.Profile.Id, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<object> DecisionsAsync(string ownerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var post in documents.QueryAllAsync<PostDocument>(new DocumentQuery(ownerId, 100), cancellationToken))
        {
            if (post.DeletedAt is not null || post.Moderation.CaseId is null)
            {
                continue;
            }

            var decisions = new List<Decision>();
            await foreach (var item in documents.QueryAllAsync<CaseDocument>(new DocumentQuery(post.Id, 100), cancellationToken))
            {
                decisions.Add(Decision.Of(item, forModerator: false));
            }

            yield return new { Post = post.Id, post.Moderation.Status, Decisions = decisions, Appeal = post.Moderation.Appeal };
        }
    }
}
