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
    /// Origins of pages that may call the local host, besides those of this machine, separated by commas. In Azure the platform answers for them
    /// (<c>AZURE_ALLOWED_ORIGINS</c>).
    /// </summary>
    public string Origins { get; set; } = string.Empty;

    /// <summary>Whether every setting is in its range.</summary>
    public bool IsValid => JsonDeadline > TimeSpan.Zero && JsonDeadline <= TimeSpan.FromMinutes(1);

    /// <summary>The settings as a request carries them.</summary>
    internal static HttpOptions Of(HttpRequest request) => request.HttpContext.Features.Get<HttpOptions>() ?? Default;
}
