using Microsoft.Extensions.Options;

namespace ServerlessSocial.Platform.Http;

/// <summary>Settings of how requests are taken and answered, bound from the configuration section <see cref="Section"/>.</summary>
public sealed class HttpOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Http";

    private static readonly HttpOptions Default = new();

    /// <summary>How long a JSON body may take to arrive, up to a minute.</summary>
    public TimeSpan JsonDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Origins of pages that may call, such as <c>https://app.example</c>, separated by commas; <c>*</c> for any, <c>localhost</c> for those of the reader's own machine,
    /// which the local host adds; empty or <c>none</c> for none. In Azure <c>AZURE_ALLOWED_ORIGINS</c>.
    /// </summary>
    public string Origins { get; set; } = string.Empty;

    /// <summary>The settings as a request carries them.</summary>
    internal static HttpOptions Of(HttpRequest request) => request.HttpContext.Features.Get<HttpOptions>() ?? Default;
}

/// <summary>Checks the settings when a host starts, so that a wrong one is told in a sentence instead of being met by callers.</summary>
internal sealed class HttpOptionsCheck : IValidateOptions<HttpOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, HttpOptions options) =>
        options.JsonDeadline <= TimeSpan.Zero || options.JsonDeadline > TimeSpan.FromMinutes(1) ? ValidateOptionsResult.Fail("Http:JsonDeadline must be more than nothing and at most a minute.")
        : CrossOrigin.ProblemOf(options.Origins) is { } problem ? ValidateOptionsResult.Fail(problem)
        : ValidateOptionsResult.Success;
}
