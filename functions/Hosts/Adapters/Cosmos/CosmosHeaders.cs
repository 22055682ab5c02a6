using System.Globalization;
using Microsoft.Azure.Cosmos;

namespace ServerlessSocial.Hosts.Adapters.Cosmos;

/// <summary>Reads headers of the protocol that the SDK has no property for.</summary>
internal static class CosmosHeaders
{
    /// <summary>How long an answer asks to wait, or null.</summary>
    public static TimeSpan? RetryAfter(this Headers headers) =>
        double.TryParse(headers["x-ms-retry-after-ms"], CultureInfo.InvariantCulture, out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : null;
}
