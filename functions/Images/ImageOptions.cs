namespace ServerlessSocial.Images;

/// <summary>Settings of image generation, bound from the configuration section <see cref="Section"/>.</summary>
public sealed class ImageOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Images";

    /// <summary>Pictures a person may ask for per day (UTC), from 0 (none) to 10,000. Those that failed do not count.</summary>
    public int DailyQuota { get; set; } = 50;
}
