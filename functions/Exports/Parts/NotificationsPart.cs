using System.Runtime.CompilerServices;
using ServerlessSocial.Notifications;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Exports.Parts;

/// <summary><c>notifications.json</c>: what the person was told, as long as it is kept. Of others it says who they are, under the rules of the list itself.</summary>
public sealed class NotificationsPart(IDocumentStore documents, NotificationReader reader) : IExportPart
{
    private const int PageSize = 100;

    /// <inheritdoc/>
    public string Name => "notifications";

    /// <inheritdoc/>
    public Task WriteAsync(ArchiveWriter archive, CancellationToken cancellationToken) =>
        archive.WriteListAsync("notifications.json", ToldAsync(archive, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<object> ToldAsync(ArchiveWriter archive, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<NotificationDocument>(NotificationDocument.NewestFirst(archive.Profile.Id, PageSize).After(after), cancellationToken);
            var context = await reader.LoadAsync(page.Items, new Viewer(archive.Profile.Id, IsModerator: false), cancellationToken);
            foreach (var told in page.Items.Where(context.IsShown))
            {
                yield return new
                {
                    told.Kind,
                    By = context.Present(told, marker: null) is var shown && shown.Actors.Count > 0 ? shown.Actors[0].Handle : null,
                    shown.Count,
                    Post = told.PostId is { } post ? archive.UriOfPost(post) : null,
                    Image = told.ImageId,
                    told.Text,
                    told.CreatedAt,
                };
            }

            if ((after = page.Next) is null)
            {
                yield break;
            }
        }
    }
}
