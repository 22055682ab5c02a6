namespace ServerlessSocial.Benchmarks;

/// <summary>A limit of the deployment as <c>azd up</c> makes it.</summary>
/// <param name="Name">What is limited.</param>
/// <param name="Limit">Its figure.</param>
/// <param name="Unit">Unit of the figure.</param>
/// <param name="Use">What a number of users take of it at the busiest minute, or after the months that content is kept.</param>
/// <param name="Move">What moves it.</param>
public sealed record CostLimit(string Name, double Limit, string Unit, Func<double, double> Use, string Move)
{
    /// <summary>How much of the limit is taken; above 1 it is exceeded.</summary>
    public double Taken(double users) => Use(users) / Limit;
}

/// <summary>
/// Limits of the platform and of the defaults in <c>infra/main.bicep</c>. Sources: learn.microsoft.com cosmos-db/concepts-limits (logical
/// partition 10,000 RU/s and 20 GB, container 1,000,000 RU/s), cosmos-db/serverless-performance (5,000 RU/s while the data is small, 20,000
/// at 1 TB), service-bus-messaging/service-bus-throttling (1,000 credits a second) and service-bus-quotas (5 GB a queue, 80 GB partitioned or
/// Premium), ai-services/openai/quotas-limits (two units of an image model are six requests a minute), azure-functions/flex-consumption-plan (1,000 instances).
/// </summary>
public static class CostLimits
{
    private const double FlexInstances = 100;
    private const double ChatTokensPerMinute = 50_000;
    private const double ImagesPerMinute = 3;
    private const double PartitionUnits = 10_000;
    private const double PartitionGigabytes = 20;
    private const double QueueGigabytes = 5;
    private const double ContainerUnits = 1_000_000;
    private const double MessageGigabytes = 0.6e-6;

    // Defaults of Recent:Seconds in Azure, Tallies:Shards, Tags:SpanDays and Graph:MostFollowerBuckets.
    private const double RecentSeconds = 5;
    private const double TallyShards = 32;
    private const double TagMonths = 3;
    private const double MostFollowerBuckets = 256;

    /// <summary>Every limit that growth meets.</summary>
    public static IReadOnlyList<CostLimit> Of(CostModel model, RequestCharges charges)
    {
        var mix = model.Mix;
        return
        [
            new("image model, requests", ImagesPerMinute, "a minute", users => 60 * Peak(users * mix.Images),
                "`AZURE_IMAGE_MODEL_CAPACITY`, then more quota; until then images wait in their queue"),
            new("chat model, tokens", ChatTokensPerMinute, "a minute", users => 60 * Peak(users * mix.Moderated * (mix.InputTokens + mix.OutputTokens)),
                "`AZURE_CHAT_MODEL_CAPACITY`, then more quota, another region or provisioned throughput; until then posts wait unseen"),
            new("serverless container `feeds`", CostModel.ServerlessContainer, "RU/s", model.FeedUnits, "`AZURE_COSMOS_MAX_THROUGHPUT` (autoscale)"),
            new("autoscale container `feeds`", ContainerUnits, "RU/s", model.FeedUnits,
                "a support request raises it, and `cosmosContainerThroughput` uses it; or a lower `Feeds:PushLimit`, which moves work to reading"),
            new("Service Bus Standard", CostModel.StandardCredits, "credits/s", model.Credits, "`AZURE_SERVICE_BUS_SKU=Premium` at deployment, later a namespace per group of queues"),
            new("queue size, an hour's standstill of `moderation`", QueueGigabytes, "GB", users => 3600 * Peak(users * mix.Moderated) * MessageGigabytes, "Premium, with a greater `maxSizeInMegabytes` in `servicebus.bicep` (up to 80 GB)"),
            new("Flex instances for HTTP", FlexInstances, "instances", model.HttpInstances,
                "`AZURE_MAXIMUM_INSTANCE_COUNT` up to 1,000 and the region's quota, then more regions"),
            new("logical partition `waiting`/`moderation`, one shard", PartitionUnits, "RU/s", users => Peak(users * mix.Moderated) * (charges.Create + charges.Delete),
                "`Waiting:Shards`, up to 100"),
            new("logical partition `posts` of the most read author", PartitionUnits, "RU/s", users => Peak(users * mix.FeedPages * mix.TopAuthor) * charges.Loaded,
                "a further region to read from (`locations` in `cosmos.bicep`), each with a partition's throughput of its own: posts are read every time, so that a removal shows at once"),
            new("logical partition `profiles` of the most read author", PartitionUnits, "RU/s", users => model.HttpInstances(users) / RecentSeconds * charges.Loaded, "`Recent:Seconds`"),
            new("logical partition `stats` of the most liked post, one of 32 shards", PartitionUnits, "RU/s",
                users => Peak(users * mix.Likes * mix.TopPost) / TallyShards * charges.Tally, "`Tallies:Shards`"),
            new("logical partition `tags` of the most used tag, 90 days", PartitionGigabytes, "GB",
                users => users * mix.Posts * mix.TopTag * TagMonths * mix.DocumentKilobytes / 3e6, "`Tags:SpanDays`"),
            new("logical partition `reviews`, one shard", PartitionUnits, "RU/s", users => Peak(users * mix.Moderated * mix.HeldShare) * (charges.Create + charges.Delete),
                "`Moderation:ReviewShards`"),
            new("logical partition `followers` of somebody everybody follows, 256 buckets", PartitionGigabytes, "GB",
                users => users * mix.DocumentKilobytes / 3e6 / MostFollowerBuckets, "`Graph:MostFollowerBuckets`"),
        ];

        double Peak(double monthly) => CostModel.PerSecond(monthly) * mix.Peak;
    }
}
