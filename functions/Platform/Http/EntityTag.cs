using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// Entity tags of what can be edited (RFC 9110, sections 8.8.3 and 13.1.1): strong, and the document's revision, so that they are the same
/// whichever store holds it. They stand for what one edits; counters beside it do not change them.
/// </summary>
public static class EntityTag
{
    /// <summary>Sends the entity tag of a revision with the answer.</summary>
    public static void Set(HttpRequest request, long revision) => request.HttpContext.Response.Headers.ETag = Of(revision);

    /// <summary>Sends a weak entity tag with the answer.</summary>
    public static void Set(HttpRequest request, string version) => request.HttpContext.Response.Headers.ETag = Weak(version).ToString();

    /// <summary>
    /// Checks <c>If-Match</c> against the present revision.
    /// </summary>
    /// <returns>Null when it matches, else <see cref="IfMatchRequired"/>, <see cref="Changed"/>, or what is wrong with the header.</returns>
    public static Error? Check(HttpRequest request, long revision)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return new IfMatchRequired();
        }

        if (!EntityTagHeaderValue.TryParseStrictList([.. header.OfType<string>()], out var tags) || tags.Count == 0)
        {
            return new InvalidFields("If-Match", "Entity tags in quotes, as this service sends them, or *.");
        }

        var present = new EntityTagHeaderValue(Of(revision));
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(present, useStrongComparison: true)) ? null : new Changed();
    }

    /// <summary>Sends an entity tag for what a caller asks for again and again, and tells whether the caller has just that (<c>If-None-Match</c>): then 304 is the answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="version">What the answer depends on; letters, digits, dashes and underscores, and nothing that the caller may not know.</param>
    public static bool IsKnown(HttpRequest request, string version)
    {
        Set(request, version);
        return Answers.IsKnown(request.GetTypedHeaders(), Weak(version));
    }

    /// <summary>Weak, because the same answer is sent in several encodings.</summary>
    private static EntityTagHeaderValue Weak(string version) => new($"\"{version}\"", isWeak: true);

    private static string Of(long revision) => $"\"{revision.ToString(CultureInfo.InvariantCulture)}\"";
}
