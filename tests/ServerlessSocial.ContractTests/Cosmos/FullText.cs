using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServerlessSocial.ContractTests.Cosmos;

/// <summary>
/// Says full-text search in what the server knows: a text of words with spaces between holds a phrase where it holds it between spaces. What is ranked comes the newest
/// first: how well something fits is Cosmos DB's own affair.
/// </summary>
internal static partial class FullText
{
    /// <summary>The body of a query without functions of full-text search; the same one where it has none.</summary>
    public static byte[] Rewrite(byte[] body)
    {
        if (JsonNode.Parse(body) is not JsonObject query || query["query"]?.GetValue<string>() is not { } text || !text.Contains("FullText", StringComparison.Ordinal))
        {
            return body;
        }

        query["query"] = Ranking().Replace(Containing().Replace(text, "CONTAINS(CONCAT(' ', c.text, ' '), CONCAT(' ', $1, ' '))"), "ORDER BY c.id DESC");
        return Encoding.UTF8.GetBytes(query.ToJsonString());
    }

    [GeneratedRegex(@"FullTextContains\(c\.text, (@\w+)\)")]
    private static partial Regex Containing();

    [GeneratedRegex(@"ORDER BY RANK FullTextScore\([^)]*\)")]
    private static partial Regex Ranking();
}
