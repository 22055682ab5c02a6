namespace ServerlessSocial.Hosts.Azure;

/// <summary>Settings section <c>ServiceBus</c>, in the names the Functions host reads for its own connection.</summary>
public sealed class ServiceBusOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "ServiceBus";

    /// <summary>Namespace, such as <c>NAME.servicebus.windows.net</c>.</summary>
    public string FullyQualifiedNamespace { get; set; } = string.Empty;
}

/// <summary>Settings section <c>Media</c>.</summary>
public sealed class MediaOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Media";

    /// <summary>Blob endpoint of the storage account.</summary>
    public string ServiceUri { get; set; } = string.Empty;

    /// <summary>Connection string, for emulators alone.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Name of the container.</summary>
    public string Container { get; set; } = "media";
}
