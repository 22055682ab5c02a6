using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>Empties a person's follower buckets, in every division there may still be something left of, and the lists of their own beside them.</summary>
public sealed class EraseFollowerBuckets(IDocumentStore documents) : IErasureStep
{
    /// <inheritdoc/>
    public ErasureStage Stage => ErasureStage.Traces;

    /// <inheritdoc/>
    public async Task<ErasedPage> PageAsync(ErasedPerson person, string? after, CancellationToken cancellationToken)
    {
        var profile = person.IsFinal ? await documents.FindAsync<ProfileDocument>(person.ProfileId, person.ProfileId, cancellationToken) : null;
        if (profile is null)
        {
            return new(null);
        }

        var buckets = new int?[] { profile.Followers.Buckets, profile.Followers.Next, profile.Followers.Before }.Max()!.Value;
        string[] partitions =
        [
            .. Enum.GetValues<PersonalList>().Select(list => ListedProfile.BucketOf(person.ProfileId, list)),
            .. Enumerable.Range(0, buckets).Select(bucket => FollowerDocument.BucketOf(person.ProfileId, bucket)),
        ];
        var index = after is null ? 0 : int.Parse(after, null);
        var more = await documents.ErasePageAsync<FollowerDocument>(partitions[index], cancellationToken);
        var next = more ? index : index + 1;
        return new(next < partitions.Length ? next.ToString(null, null) : null);
    }
}
