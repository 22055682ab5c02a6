using System.Globalization;
using ServerlessSocial.Platform;

namespace ServerlessSocial.Plans;

/// <summary>
/// The field <c>Credits</c> of answers to calls that cost something: a string with parameters (RFC 9651), <c>c</c> credits that this call costs, of which <c>r</c>
/// are left, <c>t</c> seconds until there are new ones.
/// </summary>
internal static class CreditsField
{
    /// <summary>Name of the field.</summary>
    public const string Name = "Credits";

    /// <summary>What the field says, for the OpenAPI document.</summary>
    public const string Description = "What this call costs if it succeeds (c), what is left of today's credits (r), and seconds until there are new ones (t): \"image\";c=1;r=49;t=3600. Left out where the call was answered before.";

    /// <summary>Says what is held for the call.</summary>
    public static void Add(HttpResponse response, Reservation held, DateTimeOffset now) => Add(response, held.Kind, held.Credits, held.Left, held.ResetsAt - now);

    /// <summary>Says what the call would have cost.</summary>
    public static void Add(HttpResponse response, CreditsUsedUp refused) => Add(response, refused.Of, refused.Price, refused.Left, refused.ResetAt - refused.Now);

    private static void Add(HttpResponse response, CallKind kind, int cost, int left, TimeSpan reset) => response.Headers[Name] =
        string.Create(CultureInfo.InvariantCulture, $"\"{EnumNames.NameOf(kind)}\";c={cost};r={left};t={(long)Math.Ceiling(reset.TotalSeconds)}");
}
