namespace ServerlessSocial.Benchmarks;

/// <summary>A part of the world that is served by its own region.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">Share of all people: assumed.</param>
/// <param name="Offset">Hours that its clocks are ahead of UTC, in the middle of its time zones.</param>
public sealed record WorldPart(string Name, double Share, int Offset);

/// <summary>What a part of the world, or all of it, asks for in a second.</summary>
/// <param name="Requests">HTTP requests.</param>
/// <param name="Units">Request units of Cosmos DB.</param>
/// <param name="Messages">Messages.</param>
/// <param name="HttpInstances">Instances that serve HTTP.</param>
/// <param name="BackgroundInstances">Instances that work behind queues and change feeds.</param>
public sealed record ScaleLoad(double Requests, double Units, double Messages, double HttpInstances, double BackgroundInstances)
{
    /// <summary>The same, so many times.</summary>
    public ScaleLoad Times(double factor) =>
        new(Requests * factor, Units * factor, Messages * factor, HttpInstances * factor, BackgroundInstances * factor);
}

/// <summary>Something that an author with very many followers loads, and what it can take.</summary>
/// <param name="Name">What is loaded.</param>
/// <param name="Load">RU/s.</param>
/// <param name="Limit">RU/s that it takes at most.</param>
public sealed record StarLoad(string Name, double Load, double Limit);

/// <summary>A day of a network: the usage mix of the cost model spread over 24 hours and three parts of the world.</summary>
/// <param name="model">The cost model.</param>
/// <param name="charges">Request units.</param>
public sealed class ScaleModel(CostModel model, RequestCharges charges)
{
    /// <summary>Followers of the author whose post is looked at.</summary>
    public const double StarFollowers = 50e6;

    /// <summary>Days of a month.</summary>
    private const double Days = CostModel.Month / 86_400;

    /// <summary>Busiest minute over the average one of its hour: assumed.</summary>
    private const double MinutePeak = 1.3;

    /// <summary>Share of those who see a very popular post that like it: assumed.</summary>
    private const double Liking = 0.05;

    private const double PartitionUnits = 10_000;
    private const double ContainerUnits = 1_000_000;

    // Defaults of Recent:Seconds in Azure and Tallies:Shards.
    private const double RecentSeconds = 5;
    private const double TallyShards = 32;

    /// <summary>How busy the hours of a day are where people are, any unit: assumed, with little at night, a rise at noon and the evening on top.</summary>
    private static readonly double[] Hours =
        [0.55, 0.35, 0.22, 0.16, 0.15, 0.20, 0.40, 0.75, 1.00, 1.05, 1.05, 1.10, 1.25, 1.20, 1.10, 1.10, 1.15, 1.25, 1.40, 1.60, 1.75, 1.70, 1.40, 0.95];

    /// <summary>The parts of the world.</summary>
    public static IReadOnlyList<WorldPart> Parts { get; } = [new("Americas", 0.30, -5), new("Europe, Africa", 0.35, 1), new("Asia, Pacific", 0.35, 7)];

    /// <summary>A day's requests, request units and messages.</summary>
    public (double Requests, double Units, double Messages) Day(double users) =>
        (users * model.RequestsPerUser / Days, users * model.UnitsPerUser / Days, users * model.MessagesPerUser / Days);

    /// <summary>The busiest minute of a part of the world: its hour (UTC), and its load.</summary>
    public (int Hour, ScaleLoad Load) Peak(double users, WorldPart part)
    {
        var hour = Enumerable.Range(0, 24).MaxBy(utc => Activity(part, utc));
        return (hour, Average(users).Times(Activity(part, hour) * part.Share * MinutePeak));
    }

    /// <summary>The busiest minute of the world.</summary>
    public (int Hour, ScaleLoad Load) Peak(double users)
    {
        var hour = Enumerable.Range(0, 24).MaxBy(World);
        return (hour, Average(users).Times(World(hour) * MinutePeak));
    }

    /// <summary>
    /// What the busiest minute after a post of an author with <see cref="StarFollowers"/> followers brings. Nothing is delivered: followers
    /// fetch, and what they fetch is remembered for some seconds by each instance; the post itself is read for each of them.
    /// </summary>
    public IReadOnlyList<StarLoad> Star(double users)
    {
        var mix = model.Mix;
        var (hour, load) = Peak(users);
        var opened = CostModel.PerSecond(StarFollowers * mix.FeedPages) * World(hour) * MinutePeak;
        var asked = load.HttpInstances / RecentSeconds;
        var likes = opened * Liking;
        var newest = charges.Query + (20 * charges.Listed);
        return
        [
            new("partition `posts` of the author: the post, for each reader and each like", ((opened + likes) * charges.Loaded) + (asked * newest), PartitionUnits),
            new("partition `feeds` of the author's boosts", asked * charges.Query, PartitionUnits),
            new("partition `profiles` of the author", asked * charges.Loaded, PartitionUnits),
            new("partition `stats` of the post", (asked * charges.Loaded) + charges.Replace + charges.Miss, PartitionUnits),
            new("partition `stats` of one of the post's 32 shards", likes / TallyShards * charges.Tally, PartitionUnits),
            new("container `feeds`: what is fetched, once for each reader", opened * (charges.Create + charges.Replace), ContainerUnits),
            new("for comparison, partition `posts` if no instance remembered anything", ((opened + likes) * charges.Loaded) + (opened * newest), PartitionUnits),
            new("for comparison, container `feeds` if it were delivered within a minute", StarFollowers / 60 * (charges.Loaded + charges.Listed + charges.Create), ContainerUnits),
        ];
    }

    private static double World(int utc) => Parts.Sum(part => part.Share * Activity(part, utc));

    /// <summary>How busy a part of the world is at an hour, over its average.</summary>
    private static double Activity(WorldPart part, int utc) => Hours[(utc + part.Offset + 24) % 24] / Hours.Average();

    private ScaleLoad Average(double users) => new(
        CostModel.PerSecond(users * model.RequestsPerUser),
        CostModel.PerSecond(users * model.UnitsPerUser),
        CostModel.PerSecond(users * model.MessagesPerUser),
        model.HttpInstances(users) / model.Mix.Peak,
        model.BackgroundInstances(users) / model.Mix.Peak);
}
