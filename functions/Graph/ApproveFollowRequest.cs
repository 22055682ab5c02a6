using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;

namespace ServerlessSocial.Graph;

/// <summary>Lets somebody follow who asked for it.</summary>
public sealed class ApproveFollowRequest(RelationWriter relations, TimeProvider time)
{
    /// <summary>Approve a request to follow you.</summary>
    /// <remarks>Whoever asked is told. Doing it again changes nothing; where nobody asked there is nothing to approve.</remarks>
    [Function(nameof(ApproveFollowRequest))]
    [Access(Access.Profile)]
    [Limit(Bucket.Changes)]
    [Answers(ErrorKind.Unprocessable)]
    public async Task<Results<NoContent, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "me/follow-requests/{handle}")] HttpRequest http, string handle, CancellationToken cancellationToken)
    {
        var me = http.Me();
        var (other, error) = await relations.FindOtherAsync(handle, me, evenHidden: false, cancellationToken);
        if (error is not null)
        {
            return error;
        }

        var followId = Ids.New(time);
        var relation = await relations.ChangeAsync(other.Id, me, found => RelationRules.Approve(found, followId), cancellationToken);
        return relation.Following ? TypedResults.NoContent() : new Missing("follow request");
    }
}
