using System.Runtime.CompilerServices;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;
using ServerlessSocial.Posts.Editing;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>edits.json</c>: what the person's posts said before they were edited, and edits that wait or were refused.</summary>
public sealed class EditsPart(IDocumentStore documents) : IExportPart
{
    /// <inheritdoc/>
    public string Name => "edits";

    /// <inheritdoc/>
    public Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken) =>
        archive.WriteListAsync("edits.json", EditsAsync(archive, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<object> EditsAsync(ArchiveWriter archive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var post in documents.QueryAllAsync<PostDocument>(new DocumentQuery(archive.Profile.Id, 50), cancellationToken))
        {
            if (post.DeletedAt is not null || (post.Edits == 0 && post.Edit is null))
            {
                continue;
            }

            var kept = post.Edits == 0 ? new([], false) : await documents.QueryAsync<PostVersionDocument>(new DocumentQuery(post.Id, PostEditing.MostEdits), cancellationToken);
            List<PostVersion> before = [.. kept.Items.Select(version => version.Version)];
            if (post.Earlier is { Version: { } version } earlier && before.Count == earlier.Number)
            {
                before.Add(version);
            }

            yield return new { Post = archive.UriOfPost(post.Id), Before = before, post.Edit?.Text, post.Edit?.ContentWarning, post.Edit?.Alts, post.Edit?.Status, post.Edit?.Reason, post.Edit?.At };
        }
    }
}
