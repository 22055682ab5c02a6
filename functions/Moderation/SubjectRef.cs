using ServerlessSocial.Platform.Documents;

namespace ServerlessSocial.Moderation;

/// <summary>What a case can be about.</summary>
public enum SubjectType
{
    /// <summary>A post.</summary>
    Post,

    /// <summary>What a profile shows: names, bio, interests, picture.</summary>
    Profile,

    /// <summary>A picture.</summary>
    Media,

    /// <summary>The account behind a profile.</summary>
    Account,
}

/// <summary>One thing that a case is about.</summary>
/// <param name="Type">What kind of thing.</param>
/// <param name="Id">Its id: of the post or picture, or of the profile.</param>
public readonly record struct SubjectRef(SubjectType Type, string Id)
{
    /// <summary>Id of its case: there is one for each thing, however often it is held, reported and appealed.</summary>
    public string CaseId => $"{NameOf(Type)}.{Id}";

    /// <summary>Profile it belongs to.</summary>
    public string OwnerId => Type is SubjectType.Post or SubjectType.Media ? OwnedIds.OwnerOf(Id) : Id;

    /// <summary>Whether an id has the form that ids of its kind have.</summary>
    public bool IsWellFormed => Type is SubjectType.Post or SubjectType.Media ? OwnedIds.TryParse(Id, out _) : Ids.IsId(Id);

    /// <summary>Reads the id of a case.</summary>
    public static bool TryParse(string caseId, out SubjectRef subject)
    {
        foreach (var type in Enum.GetValues<SubjectType>())
        {
            var prefix = $"{NameOf(type)}.";
            if (caseId.StartsWith(prefix, StringComparison.Ordinal))
            {
                subject = new(type, caseId[prefix.Length..]);
                return subject.IsWellFormed;
            }
        }

        subject = default;
        return false;
    }

    private static string NameOf(SubjectType type) => type switch
    {
        SubjectType.Post => "post",
        SubjectType.Profile => "profile",
        SubjectType.Media => "media",
        SubjectType.Account => "account",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
