using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Posts;

/// <summary>
/// Where a page of answers to one post begins. Answers are ranked within windows of the oldest, so that the same page has the same order whatever is
/// written meanwhile: a position is a window and how many of it were shown.
/// </summary>
/// <param name="ParentId">The post that is answered.</param>
/// <param name="Depth">Depth of the answers.</param>
/// <param name="After">Id of the last reply before the window; null for the first one.</param>
/// <param name="Shown">Replies of the window that were shown.</param>
public sealed record ThreadPosition(string ParentId, int Depth, string? After, int Shown)
{
    /// <summary>The position as a cursor holds it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ParentId}|{Depth}|{After}|{Shown}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ThreadPosition? position)
    {
        position = text.Split('|') is [var parent, var depth, var after, var shown] && OwnedIds.TryParse(parent, out _)
            ? new(parent, int.Parse(depth, CultureInfo.InvariantCulture), after.Length == 0 ? null : after, int.Parse(shown, CultureInfo.InvariantCulture))
            : null;
        return position is not null;
    }
}

/// <summary>The post whose thread is read. What reads on there reads on nowhere else.</summary>
/// <param name="RootId">First post of the thread.</param>
/// <param name="PostId">The post.</param>
public readonly record struct ThreadFocus(string RootId, string PostId)
{
    /// <summary>Name of the list of its answers, for cursors.</summary>
    public string Pages => $"thread:{PostId}";

    /// <summary>Name of the lists below its answers, for cursors.</summary>
    public string Branches => $"branches:{PostId}";
}
