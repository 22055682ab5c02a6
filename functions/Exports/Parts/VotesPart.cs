using System.Runtime.CompilerServices;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Polls;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>votes.json</c>: what the person chose in polls.</summary>
public sealed class VotesPart(IDocumentStore documents) : IExportPart
{
    /// <inheritdoc/>
    public string Name => "votes";

    /// <inheritdoc/>
    public Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken) =>
        archive.WriteListAsync("votes.json", VotesAsync(archive, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<object> VotesAsync(ArchiveWriter archive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var vote in documents.QueryAllAsync<VoteDocument>(new DocumentQuery(archive.Profile.Id, 100), cancellationToken))
        {
            if (vote.Active)
            {
                yield return new { Post = archive.UriOfPost(vote.PostId), vote.Choices, At = vote.WorkSince };
            }
        }
    }
}
