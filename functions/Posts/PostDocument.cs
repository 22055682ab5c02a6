using System.Text.Json.Serialization;
using ServerlessSocial.Media;
using ServerlessSocial.Moderation;
using ServerlessSocial.Platform;
using ServerlessSocial.Platform.Ai;
using ServerlessSocial.Platform.Documents;
using ServerlessSocial.Platform.Privacy;
using ServerlessSocial.Polls;
using ServerlessSocial.Posts.Editing;
using ServerlessSocial.Posts.Text;
using ServerlessSocial.Provenance;

namespace ServerlessSocial.Posts;

/// <summary>Who may see a post.</summary>
public enum PostVisibility
{
    /// <summary>Everyone.</summary>
    Public,

    /// <summary>Those who follow the author.</summary>
    [StandsForUnknown]
    Followers,
}

/// <summary>How much of a text a model wrote.</summary>
public enum TextProvenance
{
    /// <summary>A person wrote it.</summary>
    Human,

    /// <summary>A person wrote it with a model's help.</summary>
    Assisted,

    /// <summary>A model wrote it.</summary>
    Generated,
}

/// <summary>How far a post stands in the places where posts are looked up: thread, tags, counters, notifications.</summary>
public enum Showing
{
    /// <summary>In none of them.</summary>
    Nowhere,

    /// <summary>In some, perhaps: a worker may have begun to change that.</summary>
    InPart,

    /// <summary>In those for posts that are not spread: thread and counters.</summary>
    Limited,

    /// <summary>In all of them.</summary>
    Everywhere,
}

/// <summary>A picture in a post.</summary>
/// <param name="Id">Media id.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Alt">Description for those who do not see it.</param>
/// <param name="GeneratedBy">Name of the model that made it; null for an upload.</param>
/// <param name="Blurhash">What to show until it is there; null in posts from before there was one.</param>
/// <param name="Thumbnails">Its thumbnails; null in posts from before there were any.</param>
/// <param name="Status">What moderation decided on it; null until the post is examined, and in posts from before pictures were.</param>
/// <param name="Credentials">What the manifest says that came with it; null for none.</param>
public sealed record PostMedia(
    string Id,
    string ContentType,
    int Width,
    int Height,
    string? Alt,
    string? GeneratedBy,
    string? Blurhash = null,
    IReadOnlyList<MediaThumbnail>? Thumbnails = null,
    ModerationStatus? Status = null,
    PictureCredentials? Credentials = null)
{
    /// <summary>The picture as a post keeps it, but for what moderation decides on it.</summary>
    public static PostMedia Of(MediaDocument media) =>
        new(media.Id, media.ContentType, media.Width, media.Height, media.Alt, media.GeneratedBy, media.Blurhash, media.Thumbnails, Credentials: media.Credentials);
}

/// <summary>A mention that was resolved when the post was written.</summary>
/// <param name="Handle">As it stands in the text, lower case.</param>
/// <param name="ProfileId">Who that was then.</param>
public sealed record PostMention(string Handle, string ProfileId)
{
    /// <summary>When an edit that named them was approved; null if the post did from the beginning.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>What moderation thinks of a post.</summary>
/// <param name="Status">The state.</param>
/// <param name="Reason">Why, in a sentence for the author; null while pending, when a classifier approved, and when a moderator did without a word.</param>
/// <param name="By">Name of the classifier, or <see cref="Moderator"/>; null while pending, and when the check could not finish.</param>
/// <param name="DecidedAt">When; null while pending.</param>
public sealed record PostModeration(ModerationStatus Status, string? Reason, string? By, DateTimeOffset? DecidedAt)
{
    /// <summary>Stands in <see cref="By"/> when a person decided.</summary>
    public const string Moderator = "moderator";

    /// <summary>Id of the case that keeps this decision and its statement of reasons; null when nothing spoke against the post.</summary>
    public string? CaseId { get; init; }

    /// <summary>What a moderator did; null when a machine decided.</summary>
    public ModerationAct? Act { get; init; }

    /// <summary>The rule that a moderator named; null for none.</summary>
    public Clause? Clause { get; init; }

    /// <summary>What the classifier found; for moderators. Null when it found nothing or a person decided.</summary>
    public IReadOnlyList<HarmScore>? Scores { get; init; }

    /// <summary>Profile of the person who decided; null when a machine did.</summary>
    public string? ModeratorId { get; init; }

    /// <summary>What the author says against this decision; it waits for a person then.</summary>
    public PostAppeal? Appeal { get; init; }

    /// <summary>The appeal that this decision answers, or one before it that decided the same; there is no second one.</summary>
    public PostAppeal? Answered { get; init; }
}

/// <summary>What an author says against a moderation decision.</summary>
/// <param name="Text">The author's words.</param>
/// <param name="At">When.</param>
public sealed record PostAppeal(string Text, DateTimeOffset At);

/// <summary>A post. Its id is <c>{uuid}.{authorId}</c>; counters live apart, in <see cref="StatsDocument"/>.</summary>
[PersonalData(Belongs.ToProfile, ErasedBy = typeof(ErasePosts))]
public sealed record PostDocument : PipelineDocument, IDocument<PostDocument>, IModerated
{
    /// <inheritdoc/>
    public static ContainerDefinition Container { get; } = new("posts", "/authorId") { ChangeFeed = true };

    /// <summary>Profile id of the author.</summary>
    public required string AuthorId { get; init; }

    /// <summary>The text, normalised; empty once deleted.</summary>
    public required string Text { get; init; }

    /// <summary>Pictures, at most four.</summary>
    public IReadOnlyList<PostMedia> Media { get; init; } = [];

    /// <summary>What it asks readers to choose from; null for nothing, and once deleted.</summary>
    public PollTerms? Poll { get; init; }

    /// <summary>When its poll closes, counted from when others could see it; null without a poll.</summary>
    [JsonIgnore]
    public DateTimeOffset? PollClosesAt => Poll is { } poll ? (VisibleSince ?? CreatedAt).AddMinutes(poll.Minutes) : null;

    /// <summary>Post this one answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>First post of the thread; the post itself if it begins one.</summary>
    public required string RootId { get; init; }

    /// <summary>Post this one quotes.</summary>
    public string? Quote { get; init; }

    /// <summary>Who may see it once it is approved.</summary>
    public PostVisibility Visibility { get; init; }

    /// <summary>Who may answer it.</summary>
    public ReplyPolicy ReplyPolicy { get; init; }

    /// <summary>Who may quote it.</summary>
    public QuotePolicy QuotePolicy { get; init; }

    /// <summary>Whoever began its thread hid it there: it is folded for others, and not counted.</summary>
    public bool HiddenInThread { get; init; }

    /// <summary>What the counters say of <see cref="HiddenInThread"/>; a change sets it to the opposite, as relations do.</summary>
    public bool CountedHidden { get; init; }

    /// <summary>The author of the post it quotes detached that from it, for good.</summary>
    public bool QuoteDetached { get; init; }

    /// <summary>What readers are told before they see it.</summary>
    public string? ContentWarning { get; init; }

    /// <summary>Language as a BCP 47 tag, given or guessed.</summary>
    public string? Language { get; init; }

    /// <summary>Hashtags, normalised by the rule of the day on which the post was written: it tells under which ones the post may stand.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Hashtags, normalised by the rule of today: under these the post is put when it is shown. Rules change (<c>straße</c> became <c>strasse</c>).</summary>
    [JsonIgnore]
    public IReadOnlyList<string> TagsNow => Tags.Count == 0 ? Tags : found.TagsOf(this);

    /// <summary>What its text refers to, found when it is first asked for: a document in memory is shown many times.</summary>
    [JsonIgnore]
    public TextEntitiesFound InText => found.InTextOf(this);

    /// <summary>People mentioned.</summary>
    public IReadOnlyList<PostMention> Mentions { get; init; } = [];

    /// <summary>How much of the text a model wrote.</summary>
    public TextProvenance Provenance { get; init; }

    /// <summary>What moderation thinks of it.</summary>
    public required PostModeration Moderation { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What its author wants it to say instead; null for nothing.</summary>
    public PostEdit? Edit { get; init; }

    /// <summary>What it said before its last edit, until that is kept and traces of it are gone; null for nothing.</summary>
    public EarlierPost? Earlier { get; init; }

    /// <summary>Profiles that it, or an edit of it, mentioned when it was edited: notes of them lead to it.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>When what it says was written; null while it was never edited.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>How often it was edited: so many earlier versions are kept.</summary>
    public int Edits { get; init; }

    /// <summary>Counts what its author did to it, which is what an edit is an edit of.</summary>
    public long Edition { get; init; }

    /// <summary>When it was deleted; null while it stands. The document stays a while as a tombstone.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>A picture in it was looked at by nobody, and its author's account was new: it is shown to followers, and not spread.</summary>
    public bool KeptToFollowers { get; init; }

    /// <inheritdoc/>
    public string? RecordedCaseId { get; init; }

    /// <inheritdoc/>
    public bool InReview { get; init; }

    /// <inheritdoc/>
    public string? DecisionId { get; init; }

    /// <summary>When it was first decided that others may see it, which may be long after it was written; null until then.</summary>
    public DateTimeOffset? VisibleSince { get; init; }

    /// <summary>How far it stands where posts are looked up, as the worker that saw to it noted.</summary>
    public Showing Shown { get; init; }

    /// <summary>Counts those notes, so that of two workers at the same time the later one sees that the other was there.</summary>
    public long Projections { get; init; }

    /// <summary>It was typed when it was posted, and stays as it is.</summary>
    public bool Spontaneous { get; init; }

    /// <summary>It was distributed to followers' feeds.</summary>
    public bool Distributed { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string PartitionKey => AuthorId;

    /// <inheritdoc/>
    [JsonIgnore]
    public bool NeedsReview => DeletedAt is null && (Moderation.Status is ModerationStatus.Held || Moderation.Appeal is not null);

    /// <inheritdoc/>
    SubjectType IModerated.SubjectType => SubjectType.Post;

    /// <inheritdoc/>
    bool IModerated.IsGone => DeletedAt is not null;

    /// <inheritdoc/>
    string IModerated.ResponsibleId => AuthorId;

    /// <summary>Where it stands, with what was decided on its pictures: a post is as bad as the worst thing in it.</summary>
    [JsonIgnore]
    public ModerationStatus Status
    {
        get
        {
            // Asked many times for each post of a page.
            var worst = Moderation.Status;
            for (var i = 0; i < Media.Count && Moderation.Status != ModerationStatus.Pending; i++)
            {
                worst = Media[i].Status is { } status && status > worst ? status : worst;
            }

            return worst;
        }
    }

    /// <summary>Whether it may be seen by others at all: approved or limited, and not deleted.</summary>
    [JsonIgnore]
    public bool IsVisible => DeletedAt is null && (Status is ModerationStatus.Approved or ModerationStatus.Limited);

    /// <summary>Whether it may be brought to those who neither follow its author nor look for it.</summary>
    [JsonIgnore]
    public bool IsSpread => DeletedAt is null && Status == ModerationStatus.Approved && !KeptToFollowers;

    /// <summary>Post it quotes as far as readers are concerned: none once it was detached.</summary>
    [JsonIgnore]
    public string? ShownQuote => QuoteDetached ? null : Quote;

    /// <summary>How far it ought to stand where posts are looked up.</summary>
    [JsonIgnore]
    public Showing Due => !IsVisible ? Showing.Nowhere
        : IsSpread ? Showing.Everywhere
        : Showing.Limited;

    /// <summary>The post hidden in its thread, or shown there again.</summary>
    public PostDocument InThread(bool hidden) => HiddenInThread == hidden ? this : this with { HiddenInThread = hidden, CountedHidden = !hidden };

    /// <summary>
    /// The post under another decision of moderation. One that was visible may be on its way to where it is shown just now, whatever
    /// <see cref="Shown"/> says, so its projection is asked for again. One that becomes visible again is distributed again, whatever
    /// <see cref="Distributed"/> says: shares of its fan-out may have come while it was hidden, and were struck off.
    /// </summary>
    public PostDocument Under(PostModeration decision) => Become(this with { Moderation = decision }, decision.DecidedAt);

    /// <summary>The post with what is now decided on its pictures, in the same manner.</summary>
    /// <param name="pictures">Its pictures.</param>
    /// <param name="keptToFollowers">See <see cref="KeptToFollowers"/>.</param>
    /// <param name="at">When that was decided.</param>
    public PostDocument WithPictures(IReadOnlyList<PostMedia> pictures, bool keptToFollowers, DateTimeOffset at) =>
        Become(this with { Media = pictures, KeptToFollowers = keptToFollowers }, at);

    private readonly Found found = new();

    private PostDocument Become(PostDocument decided, DateTimeOffset? at)
    {
        decided = decided.IsVisible ? decided with { VisibleSince = VisibleSince ?? at, Distributed = Distributed && IsVisible } : decided;
        return IsVisible && decided.Due != Due ? decided with { Shown = Showing.InPart } : decided;
    }

    /// <summary>What was found in a text, for as long as it is that text: copies of the document share it. No part of what the document says.</summary>
    private sealed class Found : IEquatable<Found>
    {
        private Known<TextEntitiesFound>? inText;
        private Known<IReadOnlyList<string>>? tags;

        public TextEntitiesFound InTextOf(PostDocument post) =>
            (inText is { } known && ReferenceEquals(known.Of, post.Text) ? known : inText = new(post.Text, TextEntities.Find(post.Text))).Value;

        public IReadOnlyList<string> TagsOf(PostDocument post) =>
            (tags is { } known && ReferenceEquals(known.Of, post.Tags)
                ? known
                : tags = new(post.Tags, [.. post.Tags.Select(tag => TextEntities.NormalizeTag(tag) ?? tag).Distinct(StringComparer.Ordinal)])).Value;

        public bool Equals(Found? other) => true;

        public override bool Equals(object? obj) => obj is Found;

        public override int GetHashCode() => 0;

        private sealed record Known<T>(object Of, T Value);
    }
}
