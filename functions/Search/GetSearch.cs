using ServerlessSocial.Platform.Http;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Limits;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Search;

/// <summary>Looks for posts, people and hashtags.</summary>
public sealed class GetSearch(PostSearch posts, PeopleSearch people, TagSearch tags, Cursors cursors)
{
    /// <summary>How many of each come where no type is asked for.</summary>
    private const int OfEach = 5;

    /// <summary>Search posts, people and hashtags.</summary>
    /// <remarks>
    /// Posts: all the words have to be in the text, the warning, a poll's options or a picture's description; German and English ones in most forms (<c>Lampe</c> finds
    /// <c>Lampen</c>), case and accents apart. Besides words: <c>"words in this order"</c>, <c>from:anna</c> (or <c>from:me</c>; of several one), <c>tag:ocean</c> or <c>#ocean</c>,
    /// <c>has:media</c> (<c>poll</c>, <c>link</c>, <c>quote</c>), <c>lang:de</c>, <c>after:2026-11-01</c> (that day and later), <c>before:2026-12-01</c> (days are UTC), and a minus
    /// before any but days for what must not be there; no more than 20 of them. Found are public posts of people who allow it (<c>indexable</c>; one finds one's own no otherwise), not of those whom you mute or block or who block you.
    /// People: by handle or name, its beginning, or with one letter wrong; those who do not want to be found (<c>discoverable</c>) only by their whole handle. Tags: by their beginning, of at least two characters, among those under which you see something.
    /// Without a type up to five of each come, without <c>next</c>.
    /// </remarks>
    [Function(nameof(GetSearch))]
    [Access(Access.Anyone)]
    [Limit(Bucket.Reads)]
    [Paged]
    [QueryParameter("q", "What to look for.", MaxLength = SearchQuery.MostLength)]
    [QueryParameter("type", "What to look for it among; all of them when left out.", Values = ["posts", "people", "tags"])]
    [QueryParameter("sort", "Posts: the newest first, or those that fit best of at least the 1,000 newest that match.", Values = ["latest", "relevance"])]
    public async Task<Results<Ok<SearchResults>, Error>> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "search")] HttpRequest http, CancellationToken cancellationToken)
    {
        var text = http.Query["q"].ToString().Trim();
        var type = http.Query.TryGetValue("type", out var asked) ? asked.ToString() : null;
        var sort = http.Query.TryGetValue("sort", out var order) ? order.ToString() : "latest";
        var invalid = new Validation()
            .Require(text.Length > 0, "q", "Say what to look for.")
            .Require(type is null or "posts" or "people" or "tags", "type", "One of posts, people, tags.")
            .Require(sort is "latest" or "relevance", "sort", "One of latest, relevance.")
            .Error;
        var (query, problem) = SearchQuery.Parse(text);
        problem ??= query is { IsEmpty: true, Plain.Length: 0 } ? new InvalidFields("q", "Say what to look for, besides days and what must not be there.") : null;
        if ((invalid ?? problem) is { } refused)
        {
            return refused;
        }

        var viewer = Viewer.Of(http);
        var list = $"search:{type}:{sort}:{viewer.ProfileId}:{text}";
        var (page, unreadable) = PageRequest.Read(http, cursors, list);
        if (unreadable is not null)
        {
            return unreadable;
        }

        if (type is not null)
        {
            return TypedResults.Ok(await ReadAsync(type));
        }

        page = new(OfEach, null);
        var (foundPosts, foundPeople, foundTags) = (await ReadAsync("posts"), await ReadAsync("people"), await ReadAsync("tags"));
        return TypedResults.Ok(new SearchResults(foundPosts.Posts, foundPeople.People, foundTags.Tags, null));

        async ValueTask<SearchResults> ReadAsync(string kind)
        {
            if (kind == "posts")
            {
                var found = await posts.ReadAsync(list, query!, sort == "relevance", page, viewer, cancellationToken);
                return new(found.Items, null, null, found.Next);
            }

            if (kind == "people")
            {
                var (items, next) = await people.ReadAsync(query!.Plain, page, viewer, cancellationToken);
                return new(null, items, null, cursors.Make(list, next));
            }

            var (names, further) = await tags.ReadAsync(query!.Plain, page, viewer, cancellationToken);
            return new(null, null, names, cursors.Make(list, further));
        }
    }
}
