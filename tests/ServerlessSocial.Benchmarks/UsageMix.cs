namespace ServerlessSocial.Benchmarks;

/// <summary>What a user does in a month, on average: assumptions, to be replaced by one's own, as in <c>-- cost --Mix:Likes=10</c>.</summary>
public sealed record UsageMix
{
    /// <summary>Pages of the home feed.</summary>
    public double FeedPages { get; init; } = 90;

    /// <summary>Threads opened.</summary>
    public double Threads { get; init; } = 30;

    /// <summary>Profiles looked at, with their posts.</summary>
    public double Profiles { get; init; } = 15;

    /// <summary>Looks at the notifications.</summary>
    public double Notifications { get; init; } = 30;

    /// <summary>Pictures fetched that no cache had.</summary>
    public double Pictures { get; init; } = 60;

    /// <summary>Posts.</summary>
    public double Posts { get; init; } = 6;

    /// <summary>Replies.</summary>
    public double Replies { get; init; } = 4;

    /// <summary>Likes.</summary>
    public double Likes { get; init; } = 30;

    /// <summary>Boosts.</summary>
    public double Boosts { get; init; } = 2;

    /// <summary>Follows.</summary>
    public double Follows { get; init; } = 4;

    /// <summary>Pictures uploaded.</summary>
    public double Uploads { get; init; } = 2;

    /// <summary>AI images asked for.</summary>
    public double Images { get; init; } = 0.2;

    /// <summary>Followers of whoever posts who read lately, averaged over posts; a boost goes to as many.</summary>
    public double Followers { get; init; } = 60;

    /// <summary>Busiest minute over the average one.</summary>
    public double Peak { get; init; } = 3;

    /// <summary>Megabytes of a stored picture.</summary>
    public double PictureMegabytes { get; init; } = 0.8;

    /// <summary>Months of content that is stored: what the table shows is the bill of the last of them.</summary>
    public double MonthsKept { get; init; } = 12;

    /// <summary>Kilobytes of a document, index and all; entries of feeds, tags and the like are a third of it.</summary>
    public double DocumentKilobytes { get; init; } = 1;

    /// <summary>Input tokens of a moderation call: instructions, schema, post.</summary>
    public double InputTokens { get; init; } = 450;

    /// <summary>Output tokens of a moderation call.</summary>
    public double OutputTokens { get; init; } = 150;

    /// <summary>Share of posts that carry the most used tag.</summary>
    public double TopTag { get; init; } = 0.01;

    /// <summary>Share of likes that go to the most liked post of the moment.</summary>
    public double TopPost { get; init; } = 0.01;

    /// <summary>Share of feed pages that show the most read author.</summary>
    public double TopAuthor { get; init; } = 0.05;

    /// <summary>Share of author cards and counters that the instance which serves a page does not remember: the more instances, the more.</summary>
    public double NotRemembered { get; init; } = 0.5;

    /// <summary>Documents that a full page loads for those it does not remember: the cards of ten authors and twenty posts' counters.</summary>
    public double Rememberable { get; init; } = 30;

    /// <summary>Share of posts that a person has to look at.</summary>
    public double HeldShare { get; init; } = 0.01;

    /// <summary>Posts, replies and image descriptions: what is moderated.</summary>
    public double Moderated => Posts + Replies + Uploads + (2 * Images);

    /// <summary>How often each operation of the table happens.</summary>
    public IReadOnlyDictionary<string, double> Operations => new Dictionary<string, double>
    {
        ["GET /feed"] = FeedPages,
        ["GET /posts/{id}/thread"] = Threads,
        ["GET /profiles/{handle}"] = Profiles,
        ["GET /profiles/{handle}/posts"] = Profiles,
        ["GET /notifications"] = Notifications,
        ["POST /notifications/read"] = Notifications,
        ["GET /media/{id}"] = Pictures,
        ["POST /posts"] = Posts + Replies,
        ["a post with a tag, until visible (no followers)"] = Posts,
        ["a reply, until visible and told"] = Replies,
        ["each follower who reads, of a post"] = (Posts + Replies + Boosts) * Followers,
        ["PUT /posts/{id}/like"] = Likes,
        ["a like, until counted and told"] = Likes,
        ["PUT /posts/{id}/boost"] = Boosts,
        ["a boost, until spread (no followers)"] = Boosts,
        ["PUT /profiles/{handle}/follow"] = Follows,
        ["a follow, until settled"] = Follows,
        ["POST /media"] = Uploads,
        ["an upload, until looked at"] = Uploads,
        ["POST /images"] = Images,
        ["an image, until done and told"] = Images,
        ["GET /images/{id}"] = 5 * Images,
    };
}
