namespace ServerlessSocial.Plans;

/// <summary>Credits per day (UTC), by kind of call.</summary>
public sealed class DailyCredits
{
    /// <summary>Credits for pictures, 0 (none) to 10,000.</summary>
    public int Image { get; set; }

    /// <summary>The credits of a kind.</summary>
    public int this[CallKind kind] => kind switch
    {
        CallKind.Image => Image,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}

/// <summary>What calls cost.</summary>
public sealed class CallPrices
{
    /// <summary>Credits that a picture costs, 1 to 10,000.</summary>
    public int Image { get; set; } = 1;

    /// <summary>The price of a kind.</summary>
    public int this[CallKind kind] => kind switch
    {
        CallKind.Image => Image,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}

/// <summary>Settings section <c>Plans</c>.</summary>
public sealed class PlanOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Plans";

    /// <summary>Most credits per day: a day's calls are one document, which may have 2 MB.</summary>
    private const int MostCredits = 10_000;

    /// <summary>What everybody has.</summary>
    public DailyCredits Free { get; set; } = new() { Image = 50 };

    /// <summary>What the plan <c>plus</c> has.</summary>
    public DailyCredits Plus { get; set; } = new() { Image = 200 };

    /// <summary>What calls cost.</summary>
    public CallPrices Prices { get; set; } = new();

    /// <summary>
    /// How long credits are held for a call that shows no sign of life, one minute to seven days; then they are free again. Work that is still tried by
    /// then holds them anew.
    /// </summary>
    public TimeSpan Hold { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Days for which calls are listed, 1 to 3,650.</summary>
    public int LedgerDays { get; set; } = 90;

    /// <summary>
    /// What the sender of <c>POST /plans/events</c> signs with: <c>whsec_</c> and 24 to 64 bytes in base64, as Standard Webhooks has it. Empty: there is no such
    /// call.
    /// </summary>
    public string WebhookSecret { get; set; } = string.Empty;

    /// <summary>The credits of a plan.</summary>
    public DailyCredits this[Plan plan] => plan == Plan.Plus ? Plus : Free;

    /// <summary>Whether the values make sense.</summary>
    internal bool IsValid =>
        Enum.GetValues<CallKind>().All(kind => Free[kind] is >= 0 and <= MostCredits && Plus[kind] is >= 0 and <= MostCredits && Prices[kind] is >= 1 and <= MostCredits)
        && Hold >= TimeSpan.FromMinutes(1) && Hold <= TimeSpan.FromDays(7)
        && LedgerDays is >= 1 and <= 3_650;
}
