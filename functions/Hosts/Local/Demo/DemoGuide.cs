using System.Text.Json;

namespace ServerlessSocial.Hosts.Local.Demo;

/// <summary>Says how to look at the demonstration: tokens, and what readers and the moderator can do in it.</summary>
/// <param name="url">Address of the host, without the <c>/api</c> prefix.</param>
/// <param name="client">Calls the host.</param>
/// <param name="tokens">Tokens by handle.</param>
internal sealed class DemoGuide(string url, DemoClient client, IReadOnlyDictionary<string, string> tokens)
{
    private const string Moderator = "birgit";

    /// <summary>The guide.</summary>
    /// <param name="network">Who is in it.</param>
    /// <param name="cancellationToken">Stops asking for what waits for the moderator.</param>
    public async Task<string> TextAsync(DemoNetwork network, CancellationToken cancellationToken) => $"""

        {network.People.Count} people and {network.Posts.Count} posts are there. Tokens (a moderator's is Birgit's):
          export LENA={tokens["lena"]}
          export JONAS={tokens["jonas"]}
          export BIRGIT={tokens[Moderator]}
        Look around:
          curl -s {url}/api/feed -H "Authorization: Bearer $LENA"
          curl -s {url}/api/notifications -H "Authorization: Bearer $JONAS"
          curl -s {url}/api/profiles/jonas/posts
          curl -s {url}/api/tags/brot
          curl -s '{url}/api/search?q=Lampe'
          curl -s {url}/api/explore/people -H "Authorization: Bearer $LENA"
          curl -s {url}/api/posts -H "Authorization: Bearer $LENA" -H 'Content-Type: application/json' -d '{"{"}"text":"Guten Morgen zusammen! #leipzig"{"}"}'
        {await ModeratingAsync(cancellationToken)}
        """;

    /// <summary>What waits for the moderator, and the calls that answer it.</summary>
    private async Task<string> ModeratingAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var (kind, says) in ((string, string)[])[("held", "is held until a person has looked at it"), ("appealed", "was limited, and the author objects")])
        {
            var waiting = (await client.SendAsync(HttpMethod.Get, $"moderation/queue?kind={kind}", tokens[Moderator], null, cancellationToken)).GetProperty("items");
            foreach (var item in waiting.EnumerateArray().Where(item => item.GetProperty("subject").GetProperty("type").GetString() == "post"))
            {
                lines.AddRange(Commands(item, kind, says));
            }
        }

        return lines.Count == 0 ? "Nothing waits for the moderator." : string.Join("\n", lines.Prepend("Moderate, as Birgit:"));
    }

    private IEnumerable<string> Commands(JsonElement item, string kind, string says)
    {
        var id = item.GetProperty("id").GetString();
        yield return $"  # a post of {item.GetProperty("owner").GetProperty("displayName").GetString()} {says}";
        yield return $"  curl -s '{url}/api/moderation/queue?kind={kind}' -H \"Authorization: Bearer $BIRGIT\"";
        yield return $"  curl -s -X POST {url}/api/moderation/cases/{id}/claim -H \"Authorization: Bearer $BIRGIT\"";
        yield return $"  curl -s {url}/api/moderation/cases/{id}/decision -H \"Authorization: Bearer $BIRGIT\" -H 'Content-Type: application/json' -d '{"{"}\"decision\":\"restore\"{"}"}'";
    }
}
