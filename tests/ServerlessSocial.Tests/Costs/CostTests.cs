using Microsoft.Azure.Functions.Worker;
using ServerlessSocial.Benchmarks;
using ServerlessSocial.Hosts.Local.Triggers;
using ServerlessSocial.Tests.Infrastructure;

namespace ServerlessSocial.Tests.Costs;

public sealed class CostTests
{
    private static readonly IReadOnlyDictionary<string, OperationCounts> Budgets = CostBudgets.Parse(Repository.Read("infra/README.md"));

    [Fact]
    public async Task Every_operation_keeps_to_the_budget_the_README_states()
    {
        await using var world = await CostWorld.StartAsync();

        await CostScenarios.MeasureAsync(world);

        var beyond = world.Measured.Where(entry => !Budgets.TryGetValue(entry.Key, out var budget) || !entry.Value.IsWithin(budget));
        Assert.True(!beyond.Any(), "Measured beyond the README's budget:\n" + string.Join('\n', beyond.Select(entry => entry.Value.ToRow($"`{entry.Key}`"))));
        Assert.Empty(Budgets.Keys.Except(world.Measured.Keys));
        Assert.Empty(HttpOperations().Except(world.Measured.Keys));
    }

    [Fact]
    public void A_page_of_the_home_feed_is_one_query_one_batch_and_one_point_read() =>
        Assert.True(Budgets["GET /feed"] is { Queries: <= 1, ReadManys: <= 1, PointReads: <= 1, Writes: 0, Messages: 0 });

    [Fact]
    public void A_like_is_at_most_two_writes_in_the_request() =>
        Assert.True(Budgets["PUT /posts/{id}/like"] is { Writes: <= 2, Tallies: 0, Messages: 0 });

    [Fact]
    public void The_cost_table_in_the_README_is_what_the_model_says() =>
        Assert.True(
            Repository.Read("infra/README.md").Contains($"{CostTable.Begin}\n\n{CostTable.Make(Repository.Read("infra/README.md"))}\n\n{CostTable.End}", StringComparison.Ordinal),
            "Run: dotnet run -c Release --project tests/ServerlessSocial.Benchmarks -- cost --write");

    private static IEnumerable<string> HttpOperations() =>
        FunctionCatalog.TriggeredBy<HttpTriggerAttribute>()
            .Where(entry => entry.Trigger.Methods is { Length: > 0 } && !entry.Trigger.Route!.StartsWith("dev/", StringComparison.Ordinal))
            .Select(entry => $"{entry.Trigger.Methods![0].ToUpperInvariant()} /{entry.Trigger.Route}");
}
