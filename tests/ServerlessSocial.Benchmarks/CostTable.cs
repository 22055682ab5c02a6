using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace ServerlessSocial.Benchmarks;

/// <summary>What a network costs and how far it goes, as Markdown.</summary>
public static class CostTable
{
    /// <summary>Begins the generated part of the document.</summary>
    public const string Begin = "<!-- Generated: dotnet run -c Release --project tests/ServerlessSocial.Benchmarks -- cost --write -->";

    /// <summary>Ends it.</summary>
    public const string End = "<!-- End of what is generated. -->";

    private static readonly double[] Steps = [1e3, 1e5, 1e7, 1e9];

    /// <summary>Prints the table, or writes it into the document.</summary>
    /// <param name="readmePath"><c>infra/README.md</c>.</param>
    /// <param name="args">Settings such as <c>--Mix:Likes=10</c>, <c>--Prices:Image=0.07</c> or <c>--Charges:Write=6</c>, and <c>--write</c>.</param>
    public static void Run(string readmePath, IReadOnlyList<string> args)
    {
        var readme = File.ReadAllText(readmePath);
        var settings = new ConfigurationBuilder().AddCommandLine([.. args.Where(arg => arg.Contains('=', StringComparison.Ordinal))]).Build();
        var table = Make(
            CostBudgets.Parse(readme),
            settings.GetSection("Mix").Get<UsageMix>() ?? new(),
            settings.GetSection("Prices").Get<PriceList>() ?? new(),
            settings.GetSection("Charges").Get<RequestCharges>() ?? new());
        if (args.Contains("--write"))
        {
            File.WriteAllText(readmePath, Replace(readme, Begin, End, table));
        }
        else
        {
            Console.WriteLine(table);
        }
    }

    /// <summary>The table with the assumptions as they stand in the code.</summary>
    public static string Make(string readme) => Make(CostBudgets.Parse(readme), new(), new(), new());

    private static string Make(IReadOnlyDictionary<string, OperationCounts> budgets, UsageMix mix, PriceList prices, RequestCharges charges)
    {
        var model = new CostModel(budgets, mix, prices, charges);
        var bills = Steps.Select(model.Bill).ToList();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            **Stated mix, per user and month:** {mix.FeedPages:N0} feed pages, {mix.Threads:N0} threads, {mix.Profiles:N0} profiles, {mix.Notifications:N0} looks at notifications, {mix.Pictures:N0} pictures
            fetched, {mix.Posts:N0} posts, {mix.Replies:N0} replies, {mix.Likes:N0} likes, {mix.Boosts:N0} boosts, {mix.Follows:N0} follows, {mix.Uploads:N0} uploads, {mix.Images:0.##} AI images; {mix.Followers:N0} followers who read lately get each post;
            busiest minute {mix.Peak:0.#} times the average. That is {model.RequestsPerUser:N0} requests, {model.MessagesPerUser:N0} messages and {model.UnitsPerUser:N0} RU. A feed page takes {model.UnitsOf("GET /feed"):N0} RU
            where the instance remembers its authors and counters and up to {mix.Rememberable * charges.Loaded:N0} more where it does not (the bill takes {mix.NotRemembered:P0} of that), a like
            {model.UnitsOf("PUT /posts/{id}/like") + model.UnitsOf("a like, until counted and told"):N0}, a post {model.UnitsOf("POST /posts") + model.UnitsOf("a post with a tag, until visible (no followers)"):N0} and {model.UnitsOf("each follower who reads, of a post"):0.#} for each follower.
            """);
        text.AppendLine();
        text.AppendLine(Row("US dollars a month", Steps.Select(Users)));
        text.AppendLine("|---|" + string.Concat(Enumerable.Repeat("---:|", Steps.Length)));
        text.AppendLine(Row("Cosmos DB, Service Bus", bills.Select(bill => bill.Setup.Replace("Service Bus ", "", StringComparison.Ordinal))));
        for (var i = 0; i < bills[0].Items.Count; i++)
        {
            text.AppendLine(Row(bills[0].Items[i].Name, bills.Select(bill => Dollars(bill.Items[i].Dollars))));
        }

        text.AppendLine(Row("**together**", bills.Select(bill => $"**{Dollars(bill.Total)}**")));
        text.AppendLine(Row("per user", bills.Select(bill => (bill.Total / bill.Users).ToString("0.000", CultureInfo.InvariantCulture))));
        text.AppendLine();
        var limits = CostLimits.Of(model, charges);
        text.AppendLine(Row("share of a limit, with the defaults of `azd up`", Steps.Select(Users).Prepend("met at about").Append("what moves it")));
        text.AppendLine("|---|---:|" + string.Concat(Enumerable.Repeat("---:|", Steps.Length)) + "---|");
        foreach (var limit in limits.OrderByDescending(limit => limit.Taken(Steps[^1])))
        {
            text.AppendLine(Row($"{limit.Name}: {Figure(limit.Limit)} {limit.Unit}", Steps.Select(users => Share(limit.Taken(users))).Prepend(Users(1e9 / limit.Taken(1e9))).Append(limit.Move)));
        }

        text.AppendLine();
        foreach (var users in Steps)
        {
            text.AppendLine(First(limits, users));
        }

        return text.ToString().ReplaceLineEndings("\n").TrimEnd();
    }

    /// <summary>Everything grows with the users, so that what is taken most of is what is met first.</summary>
    private static string First(IReadOnlyList<CostLimit> limits, double users)
    {
        var order = limits.OrderByDescending(limit => limit.Taken(users)).ToList();
        var first = order[0];
        return string.Create(CultureInfo.InvariantCulture,
            $"* **{Users(users)} users:** first {first.Name} ({Figure(first.Use(users))} of {Figure(first.Limit)} {first.Unit}); "
            + $"{order.Count(limit => limit.Taken(users) > 1)} of {order.Count} exceeded.");
    }

    internal static string Replace(string readme, string beginMark, string endMark, string table)
    {
        var begin = readme.IndexOf(beginMark, StringComparison.Ordinal) + beginMark.Length;
        var end = readme.IndexOf(endMark, StringComparison.Ordinal);
        return end < begin
            ? throw new FormatException("infra/README.md does not mark where the generated table stands.")
            : $"{readme[..begin]}\n\n{table}\n\n{readme[end..]}";
    }

    private static string Row(string name, IEnumerable<string> cells) => $"| {name} | {string.Join(" | ", cells)} |";

    internal static string Users(double users) => users switch
    {
        >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{users / 1e9:0.#} billion"),
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{users / 1e6:0} million"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{users / 1e3:0} thousand"),
    };

    private static string Dollars(double value) =>
        value.ToString(value < 100 ? "N2" : "N0", CultureInfo.InvariantCulture);

    private static string Figure(double value) =>
        value.ToString(value < 10 && value != Math.Floor(value) ? "0.##" : "N0", CultureInfo.InvariantCulture);

    private static string Share(double share) => share switch
    {
        < 0.005 => "<1 %",
        < 10 => share.ToString("P0", CultureInfo.InvariantCulture),
        _ => $"{share.ToString("N0", CultureInfo.InvariantCulture)} times",
    };
}
