using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Graph;

/// <summary>Blocks a profile.</summary>
public sealed class BlockProfile(RelationWriter relations, TimeProvider time)
{
    /// <summary>Block a profile: neither of you sees the other any more.</summary>
    /// <remarks>Ends follows and requests to follow in both directions. Neither can answer in threads that the other began, however deep. Doing it again changes nothing.</remarks>
    [Function(nameof(BlockProfile))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Unprocessable)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "profiles/{handle}/block")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var (other, error) = await relations.FindOtherAsync(handle, me, evenHidden: true, cancellationToken);
        if (error is not null)
        {
            return error;
        }

        var blockId = Ids.New(time);
        var relation = await relations.ChangeAsync(me, other.Id, found => RelationRules.Block(found, blockId), cancellationToken);

        // Before the answer, so that the block holds for both from here on; should this fail, the pipeline does it.
        await relations.MirrorBlockAsync(relation, cancellationToken);
        return TypedResults.NoContent();
    }
}
