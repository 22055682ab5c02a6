using ServerlessSocial.Hosts;

namespace ServerlessSocial.Benchmarks;

/// <summary>A month's bill in US dollars, and what leads to it.</summary>
/// <param name="Users">Monthly users.</param>
/// <param name="Setup">Which of the product's settings it stands for.</param>
/// <param name="Units">Request units of the month.</param>
/// <param name="Messages">Messages of the month.</param>
/// <param name="Items">What is paid, by name.</param>
public sealed record CostBill(double Users, string Setup, double Units, double Messages, IReadOnlyList<(string Name, double Dollars)> Items)
{
    /// <summary>The whole bill.</summary>
    public double Total => Items.Sum(item => item.Dollars);
}

/// <summary>Turns the counts of <c>infra/README.md</c> into a bill.</summary>
/// <param name="budgets">What each operation takes: <see cref="CostBudgets"/>.</param>
/// <param name="mix">What users do.</param>
/// <param name="prices">Prices.</param>
/// <param name="charges">Request units.</param>
public sealed class CostModel(IReadOnlyDictionary<string, OperationCounts> budgets, UsageMix mix, PriceList prices, RequestCharges charges)
{
    /// <summary>Seconds of a month.</summary>
    public const double Month = 2_628_000;

    private const double MonthHours = Month / 3600;

    /// <summary>Autoscale bills an hour by its busiest second; hours are taken to be this much busier at their peak than on average.</summary>
    private const double HourPeak = 1.5;

    /// <summary>Autoscale bills at least a tenth of a container's maximum, 100 RU/s.</summary>
    private static readonly double AutoscaleFloor = Resources.Containers.Count * 100;

    /// <summary>RU/s a serverless container has while its data is small (learn.microsoft.com/azure/cosmos-db/serverless-performance).</summary>
    public const double ServerlessContainer = 5_000;

    /// <summary>Credits of a Service Bus Standard namespace in a second (learn.microsoft.com/azure/service-bus-messaging/service-bus-throttling).</summary>
    public const double StandardCredits = 1_000;

    /// <summary>Messages a second that a Premium messaging unit carries: assumed.</summary>
    private const double PremiumMessages = 2_000;

    /// <summary>Seconds that a function works, waiting included: assumed. An image takes <see cref="ImageSeconds"/>.</summary>
    private const double ExecutionSeconds = 0.06;

    private const double ImageSeconds = 20;

    /// <summary>Executions that share an instance under load: half of the 16 that host.json allows, a quarter of the 32 that infra/ allows for HTTP.</summary>
    private const double Concurrency = 8;

    /// <summary>Gigabytes of an instance: the parameter instanceMemoryMB.</summary>
    private const double InstanceGigabytes = 2;

    /// <summary>Functions that scale by themselves and share messages and changes: eighteen queues and eight change feeds.</summary>
    private const int BackgroundGroups = 26;

    /// <summary>What users do.</summary>
    public UsageMix Mix => mix;

    /// <summary>Request units of an operation, its share of limiting callers included.</summary>
    public double UnitsOf(string operation) => charges.Of(budgets[operation]) + LimitCosts.Of(operation, charges);

    /// <summary>Request units of a user and month.</summary>
    public double UnitsPerUser { get; } = mix.Operations.Sum(entry => entry.Value * (charges.Of(budgets[entry.Key]) + LimitCosts.Of(entry.Key, charges)))
        + ((mix.FeedPages + mix.Threads + mix.Profiles) * mix.NotRemembered * mix.Rememberable * charges.Loaded);

    /// <summary>Runs of functions behind queues and change feeds, of a user and month.</summary>
    public double BackgroundPerUser { get; } = mix.Operations.Sum(entry => entry.Value * (budgets[entry.Key].Messages + budgets[entry.Key].Changes));

    /// <summary>Messages of a user and month.</summary>
    public double MessagesPerUser { get; } = mix.Operations.Sum(entry => entry.Value * budgets[entry.Key].Messages);

    /// <summary>HTTP requests of a user and month.</summary>
    public double RequestsPerUser { get; } = mix.Operations.Where(entry => entry.Key.Contains(" /", StringComparison.Ordinal)).Sum(entry => entry.Value);

    /// <summary>RU/s of the busiest container, feeds, at the busiest minute: what is delivered and what is read.</summary>
    public double FeedUnits(double users) =>
        PerSecond(users * (((mix.Posts + mix.Replies + mix.Boosts) * mix.Followers * (charges.Loaded + charges.Create))
            + (mix.FeedPages * (charges.PointRead + charges.Query + (20 * charges.Listed))))) * mix.Peak;

    /// <summary>Instances that serve HTTP at the busiest minute.</summary>
    public double HttpInstances(double users) => PerSecond(users * RequestsPerUser) * mix.Peak * ExecutionSeconds / Concurrency;

    /// <summary>Instances that work behind queues and change feeds at the busiest minute.</summary>
    public double BackgroundInstances(double users) =>
        PerSecond(users * ((BackgroundPerUser * ExecutionSeconds) + (mix.Images * ImageSeconds))) * mix.Peak / Concurrency;

    /// <summary>Credits of Service Bus a second at the busiest minute: one to send and one to receive each message.</summary>
    public double Credits(double users) => PerSecond(users * MessagesPerUser) * mix.Peak * 2;

    /// <summary>Something of a month, in a second.</summary>
    public static double PerSecond(double monthly) => monthly / Month;

    /// <summary>The bill of a month.</summary>
    public CostBill Bill(double users)
    {
        var units = (users * UnitsPerUser) + charges.IdleMonth;
        var messages = users * MessagesPerUser;
        var serverless = units / 1e6 * prices.CosmosServerlessMillionUnits;
        var autoscale = Math.Max(AutoscaleFloor, PerSecond(units) * HourPeak) / 100 * MonthHours * prices.CosmosAutoscaleHundredUnitsHour;
        var isServerless = FeedUnits(users) <= ServerlessContainer && serverless <= autoscale;
        var isStandard = Credits(users) <= StandardCredits;
        return new(
            users,
            $"{(isServerless ? "serverless" : "autoscale")}, Service Bus {(isStandard ? "Standard" : "Premium")}",
            units,
            messages,
            [
                ("Cosmos DB requests", isServerless ? serverless : autoscale),
                ("Cosmos DB storage", Gigabytes(users) * prices.CosmosGigabyteMonth),
                ("Service Bus", isStandard ? Standard(3 * messages) : Premium(messages)),
                ("Functions", Functions(users)),
                ("blobs", Blobs(users)),
                ("traffic", users * mix.Pictures * mix.PictureMegabytes / 1000 * prices.BandwidthGigabyte),
                ("moderation model", users * mix.Moderated * ((mix.InputTokens * prices.ChatMillionInputTokens) + (mix.OutputTokens * prices.ChatMillionOutputTokens)) / 1e6),
                ("image model", users * mix.Images * prices.Image),
            ]);
    }

    /// <summary>Feed entries of 30 days, and everything else for as long as content is kept.</summary>
    private double Gigabytes(double users)
    {
        var entries = (mix.Posts + mix.Replies + mix.Boosts) * mix.Followers / 3;
        var documents = (2 * (mix.Posts + mix.Replies)) + ((mix.Likes + mix.Boosts + mix.Follows) * 5 / 3) + mix.Uploads + (2 * mix.Images);
        return users * (entries + (documents * mix.MonthsKept)) * mix.DocumentKilobytes / 1e6;
    }

    /// <summary>Operations are sending, receiving and settling; each step has its price.</summary>
    private double Standard(double operations)
    {
        var millions = operations / 1e6;
        return prices.ServiceBusStandardMonth
            + (Between(millions, 13, 100) * prices.ServiceBusMillionTo100)
            + (Between(millions, 100, 2_500) * prices.ServiceBusMillionTo2500)
            + (Between(millions, 2_500, double.PositiveInfinity) * prices.ServiceBusMillionAbove);
    }

    private static double Between(double value, double from, double to) => Math.Max(0, Math.Min(value, to) - from);

    private double Premium(double messages)
    {
        var needed = PerSecond(messages) * mix.Peak / PremiumMessages;
        return Math.Pow(2, Math.Ceiling(Math.Log2(Math.Max(1, needed)))) * MonthHours * prices.ServiceBusPremiumUnitHour;
    }

    /// <summary>
    /// An instance is billed while it works, at least a second at a time (learn.microsoft.com/azure/azure-functions/functions-consumption-costs):
    /// with little to do each execution has its second to itself, with much they share instances.
    /// </summary>
    private double Functions(double users)
    {
        var background = users * (BackgroundPerUser - mix.Images);
        var seconds = Month * (Active(users * RequestsPerUser, ExecutionSeconds)
            + (BackgroundGroups * Active(background / BackgroundGroups, ExecutionSeconds))
            + Active(users * mix.Images, ImageSeconds));
        var executions = (users * RequestsPerUser) + background + (users * mix.Images);
        return (Math.Max(0, (seconds * InstanceGigabytes) - prices.FunctionsFreeGigabyteSeconds) * prices.FunctionsGigabyteSecond)
            + (Math.Max(0, executions - prices.FunctionsFreeExecutions) / 1e6 * prices.FunctionsMillionExecutions);
    }

    /// <summary>Instances at work on average, for arrivals that come by chance.</summary>
    private static double Active(double monthly, double duration)
    {
        var rate = PerSecond(monthly);
        return Math.Max(1 - Math.Exp(-rate * Math.Max(1, duration)), rate * duration / Concurrency);
    }

    private double Blobs(double users) => users *
        (((mix.Uploads + mix.Images) * mix.MonthsKept * mix.PictureMegabytes / 1000 * prices.BlobGigabyteMonth)
        + ((mix.Uploads + mix.Images) / 1e6 * prices.BlobMillionWrites)
        + (mix.Pictures / 1e6 * prices.BlobMillionReads));
}
