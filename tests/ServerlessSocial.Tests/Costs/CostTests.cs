using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Benchmarks;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Tests.Infrastructure;

namespace ServerlessSocial.Tests.Costs;

public sealed class CostTests
{
    private static readonly IReadOnlyDictionary<string, OperationCounts> Budgets = CostBudgets.Parse(Repository.Read("infra/README.md"));

    [Fact]
    public async Task Every_operation_keeps_to_the_budget_that_is_stated()
    {
        await using var world = await CostWorld.StartAsync();

        await CostScenarios.MeasureAsync(world);

        var beyond = world.Measured.Where(entry => !Budgets.TryGetValue(entry.Key, out var budget) || !entry.Value.Any(round => round.IsWithin(budget)));
        Assert.True(!beyond.Any(), "Measured beyond the budget in infra/README.md:\n" + string.Join('\n', beyond.SelectMany(entry => entry.Value.Select(round => round.ToRow($"`{entry.Key}`")))));
        Assert.Empty(Budgets.Keys.Except(world.Measured.Keys));
        Assert.Empty(HttpOperations().Except(world.Measured.Keys));
    }

    [Fact]
    public void A_page_of_the_home_feed_is_one_query_one_batch_and_one_point_read() =>
        Assert.True(Budgets["GET /feed"] is { Queries: <= 1, ReadManys: <= 1, PointReads: <= 1, Creates: 0, Replaces: 0, Messages: 0 });

    [Fact]
    public void A_like_is_at_most_two_writes_in_the_request() =>
        Assert.True(Budgets["PUT /posts/{id}/like"] is { Creates: <= 1, Replaces: <= 1, Tallies: 0, Messages: 0 });

    [Fact]
    public void A_page_a_post_a_follower_and_a_like_cost_what_they_may()
    {
        var charges = new RequestCharges();

        Assert.InRange(Units("GET /feed"), 0, 40);
        Assert.InRange(Units("POST /posts") + Units("a post with a tag, until visible (no followers)"), 0, 110);
        Assert.InRange(Units("each follower who reads, of a post"), 0, 8);
        Assert.InRange(Units("PUT /posts/{id}/like") + Units("a like, until counted and told"), 0, 35);

        double Units(string operation) => charges.Of(Budgets[operation]) + LimitCosts.Of(operation, charges);
    }

    [Fact]
    public void The_cost_table_in_the_document_is_what_the_model_says() =>
        Assert.True(
            Repository.Read("infra/README.md").Contains($"{CostTable.Begin}\n\n{CostTable.Make(Repository.Read("infra/README.md"))}\n\n{CostTable.End}", StringComparison.Ordinal),
            "Run: dotnet run -c Release --project tests/ServerlessSocial.Benchmarks -- cost --write");

    [Fact]
    public void The_simulation_in_the_document_is_what_the_model_says() =>
        Assert.True(
            Repository.Read("infra/README.md").Contains($"{ScaleTable.Begin}\n\n{ScaleTable.Make(Repository.Read("infra/README.md"))}\n\n{ScaleTable.End}", StringComparison.Ordinal),
            "Run: dotnet run -c Release --project tests/ServerlessSocial.Benchmarks -- scale --write");

    [Fact]
    public void No_limit_is_without_a_setting_that_moves_it()
    {
        var model = new CostModel(Budgets, new(), new(), new());

        Assert.All(CostLimits.Of(model, new()), limit => Assert.DoesNotContain("no setting", limit.Move, StringComparison.Ordinal));
    }

    private static IEnumerable<string> HttpOperations() =>
        FunctionCatalog.TriggeredBy<HttpTriggerAttribute>()
            .Where(entry => entry.Trigger.Methods is { Length: > 0 } && !entry.Trigger.Route!.StartsWith("dev/", StringComparison.Ordinal))
            .Select(entry => $"{entry.Trigger.Methods![0].ToUpperInvariant()} /{entry.Trigger.Route}");
}
