using Microsoft.AspNetCore.Http.Extensions;

namespace ServerlessSocial.Platform.Http;

/// <summary>A list answer, or one that holds a list: where it goes on is also said by a <c>Link</c>, see <see cref="NextLink"/>.</summary>
public interface IListed
{
    /// <summary>Cursor of the next page; null on the last one.</summary>
    string? Next { get; }

    /// <summary>Parameters of the query that said where this page begins, beside <c>cursor</c>: the next page is asked for without them.</summary>
    IReadOnlyList<string> Beginnings => [];
}

/// <summary>
/// Says with every page of a list where the next one is (<c>Link</c> with <c>rel="next"</c>, RFC 8288), for clients that follow links instead of making addresses. Both hosts
/// call it with what a function returned. The target is relative, because a proxy may have another name and prefix.
/// </summary>
public static class NextLink
{
    /// <summary>Adds the link to the answer if the result is a page that another one follows.</summary>
    /// <param name="request">The request for this page.</param>
    /// <param name="result">What the function returned.</param>
    public static void Add(HttpRequest request, object? result)
    {
        while (result is INestedHttpResult nested)
        {
            result = nested.Result;
        }

        if (result is not IValueHttpResult { Value: IListed { Next: { } next } list })
        {
            return;
        }

        var query = new QueryBuilder(request.Query.Where(parameter =>
            !parameter.Key.Equals("cursor", StringComparison.OrdinalIgnoreCase) && !list.Beginnings.Contains(parameter.Key, StringComparer.OrdinalIgnoreCase)))
        {
            { "cursor", next },
        };
        request.HttpContext.Response.Headers.Link = $"<{request.PathBase.Add(request.Path).ToUriComponent()}{query.ToQueryString()}>; rel=\"next\"";
    }
}
