using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Profiles;

/// <summary>Asks what the owners of profiles allow. It is read whenever it matters and never remembered, so that whoever changes their mind is heeded from then on.</summary>
public sealed class Consent(IDocumentStore documents)
{
    /// <summary>Who of these allows something; whoever looks may see what is theirs.</summary>
    /// <param name="profileIds">Profiles.</param>
    /// <param name="viewerId">Who looks; null for nobody in particular.</param>
    /// <param name="allows">What is asked.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async ValueTask<HashSet<string>> WhoAsync(IEnumerable<string> profileIds, string? viewerId, Func<ProfileDocument, bool> allows, CancellationToken cancellationToken)
    {
        var asked = profileIds.ToHashSet(StringComparer.Ordinal);
        var loaded = asked.Count == 0 ? new DocumentSet() : await documents.ReadManyAsync([.. asked.Select(id => DocumentKey.Of<ProfileDocument>(id, id))], cancellationToken);
        return asked.Where(id => loaded.Profile(id) is { } profile && (id == viewerId || allows(profile))).ToHashSet(StringComparer.Ordinal);
    }
}
