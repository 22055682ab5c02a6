using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;

namespace ServerlessSocial.Profiles.Names;

/// <summary>A name that is kept from others, because somebody known here has it. Its id is a hash of the name's key, which may hold any character.</summary>
[PersonalData(Belongs.Elsewhere, ErasedBy = typeof(EraseHandles))]
public sealed record KnownNameDocument : Document, IDocument<KnownNameDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("known-names", "/id");

    /// <summary>Whose name it is.</summary>
    public required string ProfileId { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;
}

/// <summary>
/// Names of those who are known here: profiles with many followers (<see cref="ProfileOptions.KnownFrom"/>) and staff's. Nobody else may have a handle or a
/// display name that looks like theirs in any reading (<see cref="NameKey"/>); who was first has it.
/// </summary>
public sealed class KnownNames(IDocumentStore documents)
{
    /// <summary>The keys of a profile's names, in order; none unless it stands and is known. Who has too many followers for posts to be delivered is.</summary>
    public static IReadOnlyList<string> KeysOf(ProfileDocument profile) => profile.DeletedAt is null && (profile.Known || profile.Pulled) ? KeysOf(profile.Handle, profile.DisplayName) : [];

    /// <summary>Which of some names look like those of somebody known other than their owner.</summary>
    /// <param name="names">Handles or display names.</param>
    /// <param name="profileId">Profile of whoever wants them; null for one that is not there yet.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<IReadOnlyList<string>> TakenAsync(IReadOnlyList<string> names, string? profileId, CancellationToken cancellationToken)
    {
        // A profile that has not changed since names got several keys is kept under the one of before.
        var keys = names.SelectMany(name => NameKey.AllOf(name).Append(NameKey.Former(name)).Where(key => key.Length > 0).Select(key => (Name: name, Id: IdOf(key))).Distinct()).ToList();
        var found = await documents.ReadManyAsync([.. keys.Select(key => DocumentKey.Of<KnownNameDocument>(key.Id, key.Id)).Distinct()], cancellationToken);
        return [.. keys.Where(key => found.Get<KnownNameDocument>(key.Id, key.Id) is { } known && known.ProfileId != profileId).Select(key => key.Name).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Keeps a known profile's names from others, and gives back those it had before.</summary>
    public async Task<IReadOnlyList<string>> KeepAsync(ProfileDocument profile, CancellationToken cancellationToken)
    {
        var keys = KeysOf(profile);
        foreach (var key in keys.Except(profile.KnownAs, StringComparer.Ordinal))
        {
            // A conflict is somebody known with the same name, who keeps it, or an earlier run of this.
            (await documents.CreateAsync(new KnownNameDocument { Id = key, ProfileId = profile.Id }, cancellationToken)).NotThrottled();
        }

        await GiveBackAsync(profile.Id, profile.KnownAs.Except(keys, StringComparer.Ordinal), cancellationToken);
        return keys;
    }

    /// <summary>Gives back every name of a profile that is being erased, those too that were kept and not yet noted.</summary>
    public Task ForgetAsync(ProfileDocument profile, CancellationToken cancellationToken) =>
        GiveBackAsync(profile.Id, profile.KnownAs.Union(KeysOf(profile.Handle, profile.DisplayName), StringComparer.Ordinal), cancellationToken);

    private async Task GiveBackAsync(string profileId, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
        {
            if (await documents.FindAsync<KnownNameDocument>(key, key, cancellationToken) is { } known && known.ProfileId == profileId)
            {
                await documents.DeleteAsync<KnownNameDocument>(key, key, cancellationToken);
            }
        }
    }

    private static IReadOnlyList<string> KeysOf(params IEnumerable<string> names) =>
        [.. names.SelectMany(NameKey.AllOf).Where(key => key.Length > 0).Select(IdOf).Distinct(StringComparer.Ordinal)];

    private static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
