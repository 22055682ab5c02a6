namespace ServerlessSocial.Benchmarks;

/// <summary>
/// Public list prices, pay as you go, in US dollars, East US 2, as of November 2026, without tax, discount or reservation. They change and
/// differ by region: check them at azure.microsoft.com/pricing and override what differs, as in <c>-- cost --Prices:CosmosGigabyteMonth=0.28</c>.
/// Where nothing else is said, the figure is the author's knowledge of the price page and was not verified.
/// </summary>
public sealed record PriceList
{
    /// <summary>Cosmos DB serverless, a million request units.</summary>
    public double CosmosServerlessMillionUnits { get; init; } = 0.25;

    /// <summary>Cosmos DB autoscale, 100 RU/s for an hour, single region.</summary>
    public double CosmosAutoscaleHundredUnitsHour { get; init; } = 0.012;

    /// <summary>Cosmos DB, a gigabyte of data and index for a month.</summary>
    public double CosmosGigabyteMonth { get; init; } = 0.25;

    /// <summary>Service Bus Standard, base charge of a month. The steps below are on the price page; their dollar figures are assumed.</summary>
    public double ServiceBusStandardMonth { get; init; } = 9.81;

    /// <summary>A million operations from 13 to 100 million in a month; the first 13 million are in the base charge.</summary>
    public double ServiceBusMillionTo100 { get; init; } = 0.80;

    /// <summary>A million operations from 100 to 2,500 million in a month.</summary>
    public double ServiceBusMillionTo2500 { get; init; } = 0.50;

    /// <summary>A million operations above 2,500 million in a month.</summary>
    public double ServiceBusMillionAbove { get; init; } = 0.20;

    /// <summary>Service Bus Premium, a messaging unit for an hour.</summary>
    public double ServiceBusPremiumUnitHour { get; init; } = 0.928;

    /// <summary>Functions Flex Consumption on demand, a GB-second (modal.com/blog/azure-function-pricing-guide, May 2025: East US).</summary>
    public double FunctionsGigabyteSecond { get; init; } = 0.000026;

    /// <summary>A million executions on Flex Consumption.</summary>
    public double FunctionsMillionExecutions { get; init; } = 0.40;

    /// <summary>GB-seconds that are free in a month.</summary>
    public double FunctionsFreeGigabyteSeconds { get; init; } = 100_000;

    /// <summary>Executions that are free in a month.</summary>
    public double FunctionsFreeExecutions { get; init; } = 250_000;

    /// <summary>Blob Storage, hot, locally redundant, a gigabyte for a month.</summary>
    public double BlobGigabyteMonth { get; init; } = 0.018;

    /// <summary>A million blob writes.</summary>
    public double BlobMillionWrites { get; init; } = 5.0;

    /// <summary>A million blob reads.</summary>
    public double BlobMillionReads { get; init; } = 0.4;

    /// <summary>A gigabyte that leaves the region, averaged over the steps of the price page.</summary>
    public double BandwidthGigabyte { get; init; } = 0.07;

    /// <summary>A million input tokens of gpt-5.4-mini (openrouter.ai and dev.to, March 2026: OpenAI's list price; Azure's is assumed to be the same).</summary>
    public double ChatMillionInputTokens { get; init; } = 0.75;

    /// <summary>A million output tokens of gpt-5.4-mini (same sources).</summary>
    public double ChatMillionOutputTokens { get; init; } = 4.50;

    /// <summary>
    /// An image of gpt-image-2 at 1024 by 1024 and high quality, the default (skills.sh on fal.ai, May 2026: about $0.02 low, 0.07 medium,
    /// 0.19 high; Azure bills by token and its price is assumed to come to the same).
    /// </summary>
    public double Image { get; init; } = 0.19;
}

/// <summary>
/// Request units per operation, session consistency, only the partition key indexed (<c>cosmos.bicep</c>). Documents are taken to be of 1 KB,
/// although most (entries, marks, waiting work) are a third of that. Sources: [1] learn.microsoft.com/azure/cosmos-db/optimize-cost-reads-writes,
/// [2] learn.microsoft.com/azure/cosmos-db/nosql/model-partition-example, whose charges were measured by the vendor. What a deployment really
/// pays is in the metric <c>serverless_social.documents.request_charge</c>.
/// </summary>
public sealed record RequestCharges
{
    /// <summary>A point read: 1 RU for 1 KB [1].</summary>
    public double PointRead { get; init; } = 1;

    /// <summary>A query of one partition before its first document: observed at 2.3 to 3 RU, assumed.</summary>
    public double Query { get; init; } = 2.8;

    /// <summary>
    /// A document that a query of one partition returns. [2] measured 16.97 RU for a list of 100 posts: 0.14 beyond the query itself; twice that is assumed.
    /// </summary>
    public double Listed { get; init; } = 0.3;

    /// <summary>A document that a batched read returns: what a point read would cost, assumed as the upper end. What is not there is taken to cost nothing.</summary>
    public double Loaded { get; init; } = 1;

    /// <summary>A document created: 5 RU for 1 KB [1], 5.71 with every property indexed [2]; in between is assumed.</summary>
    public double Create { get; init; } = 5.5;

    /// <summary>A document replaced: twice the charge of creating it, documented [1].</summary>
    public double Replace { get; init; } = 11;

    /// <summary>A document deleted: as much as creating it, assumed.</summary>
    public double Delete { get; init; } = 5.5;

    /// <summary>A delete of what is not there: as a point read, assumed.</summary>
    public double Miss { get; init; } = 1;

    /// <summary>A fact counted in one batch: a mark created and the counters patched, which costs as replacing them.</summary>
    public double Tally { get; init; } = 16.5;

    /// <summary>
    /// A changed document on its way through the change feed: reading it, as a point read, and a tenth of noting how far the feed came (one
    /// document replaced for each batch; ten changes a batch are assumed).
    /// </summary>
    public double Change { get; init; } = 2.1;

    /// <summary>
    /// What runs without any user, in a month: eight change feeds polled every 5 s and their leases renewed every 17 s (the trigger's
    /// defaults), about 20.8 million; and the two sweeps every six hours, 1,100 partitions looked into by each, 0.38 million. An upper bound:
    /// where no instance runs, nothing polls.
    /// </summary>
    public double IdleMonth { get; init; } = 21_200_000;

    /// <summary>What an operation costs.</summary>
    public double Of(OperationCounts counts) =>
        (PointRead * counts.PointReads) + (Query * counts.Queries) + (Listed * counts.Listed) + (Loaded * counts.Loaded) + (Create * counts.Creates)
        + (Replace * counts.Replaces) + (Delete * counts.Deletes) + (Miss * counts.Misses) + (Tally * counts.Tallies) + (Change * counts.Changes);
}
