namespace ServerlessSocial.Platform.Limits;

/// <summary>How much of a bucket may be had at once, and how fast it fills again.</summary>
public sealed class Allowance
{
    /// <summary>An allowance as the settings begin with it.</summary>
    public Allowance(double burst, double perHour, double newShare = 0.5) => (Burst, PerHour, NewShare) = (burst, perHour, newShare);

    /// <summary>An allowance for the settings to fill.</summary>
    public Allowance()
    {
    }

    /// <summary>Units of a full bucket, at least 1.</summary>
    public double Burst { get; set; } = 1;

    /// <summary>Units that come back in an hour, above 0.</summary>
    public double PerHour { get; set; } = 1;

    /// <summary>Share of both that an account younger than <see cref="LimitOptions.NewHours"/> has, above 0 to 1.</summary>
    public double NewShare { get; set; } = 1;

    /// <summary>Whether the values make sense.</summary>
    public bool IsValid => Burst >= 1 && PerHour > 0 && NewShare is > 0 and <= 1;
}

/// <summary>
/// Settings section <c>Limits</c>: what a caller may do. The defaults are beyond what somebody does by hand on a busy day, pages with forty
/// pictures included, and far below what a script does.
/// </summary>
public sealed class LimitOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Limits";

    /// <summary>All figures times this, above 0: for load tests and for days on which everybody comes.</summary>
    public double Factor { get; set; } = 1;

    /// <summary>Hours for which an account counts as new, from the making of its profile; 0 or more. One without a profile is new.</summary>
    public double NewHours { get; set; } = 24;

    /// <summary>What a reply costs of a post, above 0 to 1.</summary>
    public double ReplyShare { get; set; } = 0.5;

    /// <summary>
    /// Proxies in front of the service that can be trusted to append who called them to <c>X-Forwarded-For</c>: the address of callers without a
    /// token is that many entries from the end. 0, the local host's default, takes the connection's; in Azure it is 1, the platform's front end.
    /// </summary>
    public int Proxies { get; set; }

    /// <summary>Callers that an instance remembers, at least 1; each takes about half a kilobyte.</summary>
    public int Callers { get; set; } = 50_000;

    /// <summary>Refusals that an instance holds back at once, see <see cref="Limits.LateRefusals"/>; 0 for none. In Azure 8, a quarter of an instance's places.</summary>
    public int LateRefusals { get; set; } = 64;

    /// <summary>Reads of a signed-in caller.</summary>
    public Allowance Reads { get; set; } = new(300, 7_200);

    /// <summary>Reads of an address without a token.</summary>
    public Allowance AnonymousReads { get; set; } = new(1_000, 14_400, 1);

    /// <summary>Pictures fetched.</summary>
    public Allowance Pictures { get; set; } = new(3_000, 36_000);

    /// <summary>Changes that reach nobody else.</summary>
    public Allowance Changes { get; set; } = new(600, 1_200);

    /// <summary>Posts; replies cost <see cref="ReplyShare"/>.</summary>
    public Allowance Posts { get; set; } = new(60, 60);

    /// <summary>Mentions of people who do not follow the author.</summary>
    public Allowance Mentions { get; set; } = new(50, 60, 0.25);

    /// <summary>Follows.</summary>
    public Allowance Follows { get; set; } = new(200, 200);

    /// <summary>Likes, boosts, bookmarks.</summary>
    public Allowance Reactions { get; set; } = new(300, 900);

    /// <summary>Pictures uploaded.</summary>
    public Allowance Uploads { get; set; } = new(120, 240);

    /// <summary>Bytes uploaded.</summary>
    public Allowance UploadBytes { get; set; } = new(512 * 1024 * 1024, 1024 * 1024 * 1024);

    /// <summary>New profiles from an address.</summary>
    public Allowance SignUps { get; set; } = new(20, 20, 1);

    /// <summary>Reports and appeals.</summary>
    public Allowance Reports { get; set; } = new(30, 30);

    /// <summary>What a generating model is called for.</summary>
    public Allowance ModelCalls { get; set; } = new(20, 20);

    /// <summary>What moderators do.</summary>
    public Allowance Moderation { get; set; } = new(1_200, 7_200, 1);

    /// <summary>The allowance of a bucket.</summary>
    public Allowance this[Bucket bucket] => bucket switch
    {
        Bucket.Reads => Reads,
        Bucket.AnonymousReads => AnonymousReads,
        Bucket.Pictures => Pictures,
        Bucket.Changes => Changes,
        Bucket.Posts => Posts,
        Bucket.Mentions => Mentions,
        Bucket.Follows => Follows,
        Bucket.Reactions => Reactions,
        Bucket.Uploads => Uploads,
        Bucket.UploadBytes => UploadBytes,
        Bucket.SignUps => SignUps,
        Bucket.Reports => Reports,
        Bucket.ModelCalls => ModelCalls,
        Bucket.Moderation => Moderation,
        _ => throw new ArgumentOutOfRangeException(nameof(bucket), bucket, null),
    };

    /// <summary>Whether the values make sense.</summary>
    public bool IsValid =>
        Factor > 0 && NewHours >= 0 && ReplyShare is > 0 and <= 1 && Proxies >= 0 && Callers >= 1 && LateRefusals >= 0 && Enum.GetValues<Bucket>().All(bucket => this[bucket].IsValid);

    /// <summary>The least that a function may take from a bucket at once: nobody with less need send a body.</summary>
    public double LeastOf(Bucket bucket) => bucket == Bucket.Posts ? ReplyShare : 1;

    /// <summary>Every bucket's rate, by its number.</summary>
    /// <param name="isNew">For accounts that count as new.</param>
    public IReadOnlyList<Rate> Rates(bool isNew) =>
        [.. Enum.GetValues<Bucket>().Select(bucket => RateOf(this[bucket], isNew))];

    private Rate RateOf(Allowance allowance, bool isNew)
    {
        var share = Factor * (isNew ? allowance.NewShare : 1);
        return new(Math.Max(1, allowance.Burst * share), allowance.PerHour * share / 3600);
    }
}
