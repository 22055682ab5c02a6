using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Discovery;

/// <summary>Lists people to follow.</summary>
public sealed class GetSuggestedPeople(Suggestions suggestions, Trends trends, ProfileReader profiles, Cursors cursors)
{
    /// <summary>List people to follow, each with why.</summary>
    /// <remarks>
    /// People whom those follow whom you follow, who say to be interested in the same things, whose posts others like in your language, and who are new; only those who want
    /// to be suggested (<c>discoverable</c>), nobody you follow, asked, mute or block, and nobody who blocks you. Found when you ask, and nothing is kept of it. Without a token what concerns nobody in particular.
    /// </remarks>
    [Function(nameof(GetSuggestedPeople))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    [QueryParameter("lang", "Language in which those write whose posts others like.", MaxLength = 35)]
    public async Task<Results<Ok<Page<ExploredPerson>>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "explore/people")] HttpRequest http, CancellationToken cancellationToken)
    {
        var me = http.ViewerId();
        var list = $"explore:people:{me}";
        var (page, invalid) = PageRequest.Read(http, cursors, list);
        var (talk, problem) = await trends.ReadAsync(http, cancellationToken);
        if ((invalid ?? problem) is { } refused)
        {
            return refused;
        }

        var found = await suggestions.FindAsync(me, talk, cancellationToken);
        List<Suggestion> here = [.. found.After(page.After, person => person.ProfileId).Take(page.Limit)];
        var shown = await profiles.ReadAsync([.. here.Select(person => person.ProfileId)], me, evenHidden: false, cancellationToken);
        var people = here.Zip(shown).Where(pair => pair.Second is not null).Select(pair => new ExploredPerson(pair.Second!, pair.First.Why)).ToList();
        var count = page.Budget.TakeOf<ExploredPerson>(people);
        var last = count == people.Count ? here.LastOrDefault()?.ProfileId : people[count - 1].Profile.Id;
        return TypedResults.Ok(new Page<ExploredPerson>(people[..count], cursors.Make(list, last is null || found[^1].ProfileId == last ? null : last)));
    }
}
