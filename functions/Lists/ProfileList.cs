using System.ComponentModel.DataAnnotations;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Http;
using ServerlessSocial.Posts.Text;

namespace ServerlessSocial.Lists;

/// <summary>A list of people as its owner, and nobody else, sees it.</summary>
/// <param name="Id">List id.</param>
/// <param name="Name">Its name.</param>
/// <param name="RepliesPolicy">Which replies of its members its feed shows.</param>
/// <param name="CreatedAt">When it was made.</param>
[Example("""{ "id": "019a5c2e6f0a7b3c8d1e2f3a4b5c6d7e", "name": "Gardeners", "repliesPolicy": "list", "createdAt": "2026-11-22T10:15:00.000Z" }""")]
public sealed record ProfileList(string Id, string Name, RepliesPolicy RepliesPolicy, DateTimeOffset CreatedAt)
{
    /// <summary>Whether who was asked for is in it; left out where nobody was.</summary>
    public bool? Holds { get; init; }

    internal static ProfileList Of(StoredList list) => new(list.Id, list.Name, list.RepliesPolicy, Ids.TimeOf(list.Id));
}

/// <summary>A list to be made.</summary>
/// <param name="Name">Its name: 1 to 50 characters in a single line. Nobody but you learns it.</param>
/// <param name="RepliesPolicy">Which replies of its members its feed shows: <c>list</c>, unless said otherwise.</param>
[Example("""{ "name": "Gardeners", "repliesPolicy": "list" }""")]
public sealed record NewList([property: Required, MaxGraphemes(NewList.MaxName)] string? Name = null, RepliesPolicy? RepliesPolicy = null)
{
    /// <summary>Longest name, in grapheme clusters.</summary>
    internal const int MaxName = 50;

    /// <summary>A name as it is kept.</summary>
    internal static string Clean(string? name) => TextLength.Normalize(name ?? string.Empty);

    /// <summary>What is wrong with a name, already cleaned; null if nothing is.</summary>
    internal static Error? Problem(string name) => new Validation()
        .Note("name", name.AsSpan().ContainsAny('\n', '\t') ? "It must be a single line." : TextLength.Problem(name, MaxName))
        .Error;
}

/// <summary>What to change about a list: what is left out stays as it is.</summary>
/// <param name="Name">Its name: 1 to 50 characters in a single line.</param>
/// <param name="RepliesPolicy">Which replies of its members its feed shows.</param>
[Example("""{ "name": "People with gardens" }""")]
public sealed record ListChanges([property: MaxGraphemes(NewList.MaxName)] string? Name = null, RepliesPolicy? RepliesPolicy = null)
{
    /// <summary>The list with the changes made: the next edition, or the same one if nothing changes.</summary>
    internal StoredList ApplyTo(StoredList list)
    {
        var changed = list with { Name = Name is null ? list.Name : NewList.Clean(Name), RepliesPolicy = RepliesPolicy ?? list.RepliesPolicy };
        return changed == list ? list : changed with { Edition = list.Edition + 1 };
    }
}
