using System.IO.Compression;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace ServerlessSocial.Platform.Http;

/// <summary>
/// What surrounds every request in both hosts: compression and <see cref="Answers"/>. It is the framework's own pipeline, which the Functions worker has,
/// too: the Functions host hands a request on to it as it came and passes the answer through, whatever its encoding.
/// </summary>
internal sealed class HttpPipeline : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.ApplicationServices.GetRequiredService<ServerRefusals>().Listen();
        app.UseResponseCompression();
        app.UseMiddleware<Answers>();
        next(app);
    };
}

/// <summary>Registers it.</summary>
internal static class HttpSetup
{
    /// <summary>Text; pictures are compressed already.</summary>
    private static readonly string[] Compressed = ["application/json", Problems.MediaType, "text/html", "text/css", "text/javascript", "application/javascript", "text/plain"];

    /// <summary>Adds what HTTP functions stand on.</summary>
    public static IServiceCollection AddHttp(this IServiceCollection services)
    {
        services.AddOptions<HttpOptions>().BindConfiguration(HttpOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HttpOptions>, HttpOptionsCheck>();
        services.AddSingleton<CrossOrigin>();
        services.AddSingleton<ServerRefusals>();
        services.AddResponseCompression(options =>
        {
            // What an attacker needs to guess a secret from lengths (BREACH) is a browser that signs requests by itself. Callers here send a token of their own.
            options.EnableForHttps = true;
            options.MimeTypes = Compressed;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.AddSingleton<Cursors>();
        services.AddSingleton<Idempotency>();
        services.ConfigureHttpJsonOptions(options => ApiJson.ConfigureAnswers(options.SerializerOptions));
        return services.AddSingleton<IStartupFilter, HttpPipeline>();
    }
}
