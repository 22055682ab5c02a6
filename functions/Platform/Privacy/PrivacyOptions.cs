namespace ServerlessSocial.Platform.Privacy;

/// <summary>Settings section <c>Privacy</c>: deletion and export of one's own data.</summary>
public sealed class PrivacyOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Privacy";

    /// <summary>Longest times that documents can have to live.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_650);

    /// <summary>
    /// Between undoing and erasing: longer than any request or worker that began before the deletion can take, so that nothing is written
    /// afterwards that nobody would look for.
    /// </summary>
    public TimeSpan Quiet { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the handle of a deleted account cannot be taken.</summary>
    public TimeSpan HandleReservation { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long moderation cases, and the fact that an account was deleted, are kept without texts and names; and how long a suspension or limit without
    /// an end holds whoever deleted the account, should they sign up again.
    /// </summary>
    public TimeSpan CaseRetention { get; set; } = TimeSpan.FromDays(180);

    /// <summary>How long an archive can be fetched.</summary>
    public TimeSpan ExportRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Archives a person may ask for in 24 hours.</summary>
    public int ExportsPerDay { get; set; } = 3;

    /// <summary>Whether the values make sense.</summary>
    internal bool IsValid =>
        Quiet >= TimeSpan.Zero && Quiet <= TimeSpan.FromDays(1)
        && HandleReservation > TimeSpan.Zero && HandleReservation <= Longest
        && CaseRetention > TimeSpan.Zero && CaseRetention <= Longest
        && ExportRetention > TimeSpan.Zero && ExportRetention <= TimeSpan.FromDays(30)
        && ExportsPerDay >= 1;
}
