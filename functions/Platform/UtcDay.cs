using System.Globalization;

namespace ServerlessSocial.Platform;

/// <summary>Days as what is limited by the day counts them: from midnight to midnight, UTC.</summary>
public static class UtcDay
{
    /// <summary>The name of a moment's day, <c>2026-11-22</c>: names sort as days do.</summary>
    public static string NameOf(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>When a moment's day ends and the next one begins.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset moment) => new(moment.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}
