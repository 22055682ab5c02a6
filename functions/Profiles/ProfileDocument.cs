using System.Text.Json.Serialization;
using ServerlessSocial.Graph;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Identity;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Posts;

namespace ServerlessSocial.Profiles;

/// <summary>What stands behind a profile.</summary>
public enum ProfileKind
{
    /// <summary>A person.</summary>
    Human,

    /// <summary>An AI persona.</summary>
    Persona,

    /// <summary>An AI adviser.</summary>
    Advisor,

    /// <summary>A brand.</summary>
    Brand,
}

/// <summary>
/// A person's or persona's profile: what others see of it, and beside it what its owner wants to be seen and moderation has not approved. Counters live
/// apart, in <see cref="StatsDocument"/>.
/// </summary>
[PersonalData(Belongs.ToProfile)]
public sealed record ProfileDocument : PipelineDocument, IDocument<ProfileDocument>, IMayBeRecent, IModerated
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("profiles", "/id") { ChangeFeed = true };

    /// <summary>Unique name, lower case.</summary>
    public required string Handle { get; init; }

    /// <summary>Name to show; of a profile whose own moderation has not approved, the handle.</summary>
    public required string DisplayName { get; init; }

    /// <summary>A few words about oneself.</summary>
    public string Bio { get; init; } = string.Empty;

    /// <summary>What the person says to be interested in.</summary>
    public IReadOnlyList<string> Interests { get; init; } = [];

    /// <summary>Pages elsewhere.</summary>
    public IReadOnlyList<ProfileLink> Links { get; init; } = [];

    /// <summary>What stands behind the profile.</summary>
    public ProfileKind Kind { get; init; }

    /// <summary>Id of the media that shows as avatar; null for none.</summary>
    public string? AvatarMediaId { get; init; }

    /// <summary>Id of the media that shows above the profile; null for none.</summary>
    public string? HeaderMediaId { get; init; }

    /// <summary>Whether following it takes its approval.</summary>
    public bool Locked { get; init; }

    /// <summary>What its owner wants to be seen instead and is not, because <see cref="Moderation"/> has not approved it; null when what is shown is what is wanted.</summary>
    public ProfileContent? Pending { get; init; }

    /// <summary>What moderation thinks of what its owner wants to be seen; profiles from before they were moderated stand as approved.</summary>
    public PostModeration Moderation { get; init; } = new(ModerationStatus.Approved, null, null, null);

    /// <inheritdoc/>
    public string? RecordedCaseId { get; init; }

    /// <inheritdoc/>
    public bool InReview { get; init; }

    /// <inheritdoc/>
    public string? DecisionId { get; init; }

    /// <summary>Counts the changes that its owner makes, from 1 on: what an edit, and a decision, speaks of. Workers leave it alone.</summary>
    public long Edition { get; init; } = 1;

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Handles it had before, the oldest first. What is said under them still leads here for a while.</summary>
    public IReadOnlyList<FormerHandle> FormerHandles { get; init; } = [];

    /// <summary>When it got its present handle, if that is not its first.</summary>
    public DateTimeOffset? HandleChangedAt { get; init; }

    /// <summary>When its owner asked for the account to be deleted: from then on it is not shown to anyone. Null while it stands.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Whether many know it here, or it is staff's: then others may not look like it. Once set, kept.</summary>
    public bool Known { get; init; }

    /// <summary>Under which keys its names are kept from others: those that are on record, see <see cref="Names.KnownNames"/>.</summary>
    public IReadOnlyList<string> KnownAs { get; init; } = [];

    /// <summary>
    /// Whether followers fetch this author's posts when they read, instead of getting them delivered: as long as more of them read than
    /// <c>Feeds:PushLimit</c> says.
    /// </summary>
    public bool Pulled { get; init; }

    /// <summary>Whether telling the followers so is under way or done. Until then each post that is distributed sees to it.</summary>
    public bool PulledAnnounced { get; init; }

    /// <summary>When it was last estimated how many followers read, which is done only for those with more followers than the limit; null for never.</summary>
    public DateTimeOffset? ReadersCountedAt { get; init; }

    /// <summary>How this profile's followers are divided into buckets.</summary>
    public FollowerLayout Followers { get; init; } = FollowerLayout.Original;

    /// <summary>Own posts that stand at the top of its posts, the one pinned last first; some may be gone.</summary>
    public IReadOnlyList<string> Pins { get; init; } = [];

    /// <summary>The marks of its followers say when they came, see <see cref="Tally.At"/>: not so of profiles from before marks did.</summary>
    public bool ListsFollowers { get; init; }

    /// <summary>Whether its owner wants to be found by name and suggested to others; else they are found by their whole handle alone.</summary>
    public bool Discoverable { get; init; }

    /// <summary>Whether its owner lets others find public posts by their words.</summary>
    public bool Indexable { get; init; }

    /// <summary>What it is found by, as far as that was entered; null for nothing.</summary>
    public string? FoundAs { get; init; }

    /// <summary>How far its posts were entered; null where none ever were.</summary>
    public PostsIndexed? PostsIndexed { get; init; }

    /// <summary>What it is to be found by; null for nothing.</summary>
    [JsonIgnore]
    public string? FindableAs => Discoverable && DeletedAt is null ? $"{Handle}\n{DisplayName}\n{string.Join('\n', Interests)}" : null;

    /// <summary>Whether posts are to be entered anew, because its owner thinks otherwise about that than they did.</summary>
    [JsonIgnore]
    public bool HasPostsToIndex => DeletedAt is null && (PostsIndexed?.After is not null || (PostsIndexed?.Indexable ?? false) != Indexable);

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;

    /// <summary>Whether it is found under a handle: its own, or a former one whose time is not over.</summary>
    public bool Answers(string handle, DateTimeOffset now) => Handle == handle || FormerHandles.Any(former => former.Handle == handle && former.Until > now);

    /// <inheritdoc/>
    [JsonIgnore]
    public bool NeedsReview => DeletedAt is null && (Moderation.Status is ModerationStatus.Held || Moderation.Appeal is not null);

    /// <inheritdoc/>
    SubjectType IModerated.SubjectType => SubjectType.Profile;

    /// <inheritdoc/>
    bool IModerated.IsGone => DeletedAt is not null;

    /// <inheritdoc/>
    string IModerated.ResponsibleId => Id;

    /// <summary>What others see.</summary>
    [JsonIgnore]
    public ProfileContent Shown => new(DisplayName, Bio, Interests, Links, AvatarMediaId, HeaderMediaId);

    /// <summary>What its owner wants to be seen.</summary>
    [JsonIgnore]
    public ProfileContent Newest => Pending ?? Shown;

    /// <summary>The profile with other things shown.</summary>
    public ProfileDocument Showing(ProfileContent content) => this with
    {
        DisplayName = content.DisplayName,
        Bio = content.Bio,
        Interests = content.Interests,
        Links = content.Links,
        AvatarMediaId = content.AvatarMediaId,
        HeaderMediaId = content.HeaderMediaId,
    };
}

/// <summary>How far somebody's posts were entered.</summary>
/// <param name="Indexable">Whether they can be found by their words.</param>
/// <param name="After">The last one that was entered; null when all were.</param>
public sealed record PostsIndexed(bool Indexable, string? After);

/// <summary>A handle that a profile had before.</summary>
/// <param name="Handle">The handle.</param>
/// <param name="Until">Until when it leads to the profile, and nobody else can take it.</param>
public sealed record FormerHandle(string Handle, DateTimeOffset Until);

/// <summary>Reads profiles from what was loaded.</summary>
public static class ProfileSet
{
    /// <summary>The profile, if it was loaded and stands: one whose account is being deleted is not there for anyone.</summary>
    public static ProfileDocument? Profile(this DocumentSet loaded, string id) => loaded.Get<ProfileDocument>(id, id) is { DeletedAt: null } profile ? profile : null;

    /// <summary>Whether somebody, whose profile and standing were loaded, may read what is theirs: not while they are suspended, or once they leave.</summary>
    public static bool MayRead(this DocumentSet loaded, string id, DateTimeOffset now) => loaded.Profile(id) is not null && loaded.StandingOf(id, now) != Standing.Suspended;
}

/// <summary>Claims a handle: whoever creates it first has it.</summary>
[PersonalData(Belongs.Elsewhere, ErasedBy = typeof(EraseHandles))]
public sealed record HandleDocument : Document, IDocument<HandleDocument>
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("handles", "/id");

    /// <summary>Profile that has the handle.</summary>
    public required string ProfileId { get; init; }

    /// <summary>Account the claim was made for. The claim holds for good once that account has this very profile.</summary>
    public required string AccountId { get; init; }

    /// <summary>When the claim was made, or last taken up again after an attempt that did not get to its end.</summary>
    public DateTimeOffset ClaimedAt { get; init; }

    /// <summary>It is the tombstone of a deleted account: nobody has the handle, and nobody can take it as long as this lives.</summary>
    public bool IsReserved { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => Id;

    /// <summary>The handle as the tombstone of a deleted account keeps it.</summary>
    public HandleDocument Reserved(TimeSpan duration) => new()
    {
        Id = Id,
        ProfileId = string.Empty,
        AccountId = string.Empty,
        IsReserved = true,
        Ttl = (int)duration.TotalSeconds,
    };
}
