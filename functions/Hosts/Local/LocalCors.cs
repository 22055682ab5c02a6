using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using ServerlessSocial.Platform.Http;

namespace ServerlessSocial.Hosts.Local;

/// <summary>Which pages may call the local host: those that this machine serves, and those of <see cref="HttpOptions.Origins"/>. In Azure the platform decides.</summary>
internal static class LocalCors
{
    /// <summary>Adds the rule.</summary>
    public static void AddLocalCors(this IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<HttpOptions>>((cors, http) =>
        {
            var others = http.Value.Origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
            cors.AddDefaultPolicy(policy => policy
                .SetIsOriginAllowed(origin => others.Contains(origin) || Loopback.IsOrigin(origin))
                .AllowAnyHeader()
                .AllowAnyMethod()
                .SetPreflightMaxAge(TimeSpan.FromHours(1)));
        });
    }
}
