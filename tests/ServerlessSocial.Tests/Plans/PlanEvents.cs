using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessSocial.Tests.Plans;

/// <summary>Signs events of plans as whoever is paid does.</summary>
internal static class PlanEvents
{
    /// <summary>Value of the setting <c>Plans:WebhookSecret</c>: the one of Standard Webhooks' example.</summary>
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>Its bytes.</summary>
    public static byte[] Key { get; } = Convert.FromBase64String(Secret["whsec_".Length..]);

    /// <summary>Signs a request as of now.</summary>
    public static async Task SignAsync(HttpRequestMessage request, string id)
    {
        var now = DateTimeOffset.UtcNow;
        SetHeaders(request, id, now, $"v1,{Of(id, now, await request.Content!.ReadAsStringAsync(), Key)}");
    }

    /// <summary>Says what is given.</summary>
    public static void SetHeaders(HttpRequestMessage request, string id, DateTimeOffset at, string? signature)
    {
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", signature);
    }

    /// <summary>The signature, made with nothing of the product's.</summary>
    public static string Of(string id, DateTimeOffset at, string body, byte[] key) =>
        Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{at.ToUnixTimeSeconds()}.{body}")));
}
