using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Posts;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Search;

/// <summary>Keeps what posts are found by. Every step may be repeated.</summary>
public sealed class PostIndex(IDocumentStore documents)
{
    /// <summary>Enters a post that everybody may see. Whether its author lets it be found is read now: whoever changes that has all their posts looked at afterwards.</summary>
    public async ValueTask EnterAsync(PostDocument post, CancellationToken cancellationToken)
    {
        var author = await documents.FindAsync<ProfileDocument>(post.AuthorId, post.AuthorId, cancellationToken);
        await documents.UpsertManyAsync([PostEntry.Of(post, author is { Indexable: true })], cancellationToken);
    }

    /// <summary>Takes a post out.</summary>
    public ValueTask RemoveAsync(PostDocument post, CancellationToken cancellationToken) =>
        post.Visibility == PostVisibility.Public ? documents.DeleteManyAsync([PostEntry.KeyOf(post.Id)], cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Enters the posts of a page of somebody's, or enters them without their words.</summary>
    /// <param name="authorId">Whose posts.</param>
    /// <param name="indexable">Whether they let them be found.</param>
    /// <param name="after">Id of the last post that was entered; null for none.</param>
    /// <param name="limit">Posts to look at.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The last post, if there are more.</returns>
    public async ValueTask<string?> EnterAllAsync(string authorId, bool indexable, string? after, int limit, CancellationToken cancellationToken)
    {
        var page = await documents.QueryAsync<PostDocument>(new DocumentQuery(authorId, limit) { From = Ids.First, To = Ids.End }.After(after), cancellationToken);
        await documents.UpsertManyAsync(
            [.. page.Items.Where(post => post is { Visibility: PostVisibility.Public, Due: Showing.Everywhere }).Select(post => PostEntry.Of(post, indexable))], cancellationToken);
        return page.Next;
    }
}
