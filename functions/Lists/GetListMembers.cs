using ServerlessSocial.Graph;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Lists;

/// <summary>Lists who is in a list.</summary>
public sealed class GetListMembers(ListKeeper lists, ProfilePager pager, Cursors cursors)
{
    /// <summary>List who is in a list of yours, who was added last first.</summary>
    /// <remarks>Without those whom a block separates from you, for as long as it stands.</remarks>
    [Function(nameof(GetListMembers))]
    [Access(Access.Profile)]
    [Limit(Bucket.Reads)]
    [Paged]
    public async Task<Results<Ok<Page<Profile>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "lists/{id}/members")] HttpRequest http, string id, CancellationToken cancellationToken)
    {
        var me = http.Me();
        if (await lists.FindAsync(me, id, cancellationToken) is null)
        {
            return new Missing("list");
        }

        var name = $"list members:{id}";
        var (page, invalid) = PageRequest.Read(http, cursors, name);
        if (invalid is not null)
        {
            return invalid;
        }

        var members = await lists.MembersAsync(me, id, cancellationToken);
        return TypedResults.Ok(await pager.ReadAsync(name, page, me, (after, limit) => ValueTask.FromResult(Chunk(after, limit)), evenHidden: false, cancellationToken));

        ProfileChunk Chunk(string? after, int limit)
        {
            var rest = members.Reverse().SkipWhile(member => after is not null && string.CompareOrdinal(member.AddedId, after) >= 0).ToList();
            return new([.. rest.Take(limit).Select(member => (member.AddedId, member.ProfileId))], rest.Count > limit ? rest[limit - 1].AddedId : null);
        }
    }
}
