using System.Text.Json.Serialization;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Profiles;

namespace ServerlessSocial.Search;

/// <summary>What somebody who wants to be found is found by: handle, name, interests. Its id is the profile's.</summary>
[PersonalData(Belongs.ToProfile)]
public sealed record PersonEntry : Document, IDocument<PersonEntry>, ISearchable
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("people-search", "/ownerId") { Searchable = true };

    /// <summary>The profile.</summary>
    public required string OwnerId { get; init; }

    /// <inheritdoc/>
    public string Text { get; init; } = string.Empty;

    /// <inheritdoc/>
    public required IReadOnlyList<string> Marks { get; init; }

    /// <inheritdoc/>
    public required long At { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => OwnerId;

    /// <summary>The entry of a profile. Pure.</summary>
    public static PersonEntry Of(ProfileDocument profile) => new()
    {
        Id = profile.Id,
        OwnerId = profile.Id,
        Marks = [.. Names.MarksOf(profile.Handle, profile.DisplayName).Concat(profile.Interests.SelectMany(MarksOfInterest)).Distinct(StringComparer.Ordinal)],
        At = Ids.TimeOf(profile.Id).ToUnixTimeMilliseconds(),
    };

    /// <summary>Marks of those who say to be interested in something: in whatever form, in each language.</summary>
    public static IEnumerable<string> MarksOfInterest(string interest) => Words.FormsOf(interest).Select(form => $"i{form.Replace(' ', '_')}");
}
