using ServerlessSocial.Platform.Http;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Graph;

/// <summary>Some profiles of a list, before it is known who may see them.</summary>
/// <param name="Entries">For each profile, its id and where it stands in the list.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
public readonly record struct ProfileChunk(IReadOnlyList<(string Position, string ProfileId)> Entries, string? Next);

/// <summary>
/// Reads a page of profiles from a list of references. Profiles hidden from the viewer are left out, and the page is filled from further on,
/// for a few rounds: after those a page can be short, even empty, and still have a next one.
/// </summary>
public sealed class ProfilePager(ProfileReader profiles, Cursors cursors)
{
    private const int MaxRounds = 10;

    /// <summary>Reads a page.</summary>
    /// <param name="list">Name of the list, for its cursors.</param>
    /// <param name="page">What the caller asks for.</param>
    /// <param name="viewerId">Profile of the viewer; null for nobody in particular.</param>
    /// <param name="read">Reads about so many references behind a position.</param>
    /// <param name="evenHidden">Whether profiles that a block separates from the viewer come too, in short: in the viewer's own lists.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<Page<Profile>> ReadAsync(
        string list, PageRequest page, string? viewerId, Func<string?, int, ValueTask<ProfileChunk>> read, bool evenHidden, CancellationToken cancellationToken)
    {
        var seen = new List<(string Position, Profile Profile)>(page.Limit + 1);
        var after = page.After;
        for (var round = 0; round < MaxRounds; round++)
        {
            var chunk = await read(after, page.Limit + 1);
            var found = await profiles.ReadAsync([.. chunk.Entries.Select(entry => entry.ProfileId)], viewerId, evenHidden, cancellationToken);
            seen.AddRange(chunk.Entries.Zip(found).Where(pair => pair.Second is not null).Select(pair => (pair.First.Position, pair.Second!)));

            // One more than asked for tells whether there is a next page.
            if (seen.Count > page.Limit || chunk.Next is null)
            {
                return Fill(null);
            }

            after = chunk.Next;
        }

        return Fill(after);

        Page<Profile> Fill(string? end)
        {
            Profile[] items = [.. seen.Take(page.Limit).Select(entry => entry.Profile)];
            var count = page.Budget.TakeOf(items);
            return new(items[..count], cursors.Make(list, count < seen.Count ? seen[count - 1].Position : end));
        }
    }
}
