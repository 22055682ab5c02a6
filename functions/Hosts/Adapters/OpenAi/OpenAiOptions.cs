namespace ServerlessSocial.Hosts.Adapters.OpenAi;

/// <summary>Settings section <c>OpenAI</c>: any endpoint that speaks the OpenAI protocol, or Azure OpenAI.</summary>
public sealed class OpenAiOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "OpenAI";

    /// <summary>Address, such as <c>https://api.openai.com/v1/</c>; of the resource itself for Azure OpenAI. Empty: no model is configured.</summary>
    public string Endpoint { get; set; } = string.Empty;

    /// <summary>Key; in Azure a managed identity signs in instead.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Model (in Azure: deployment) that writes and judges text; empty for none.</summary>
    public string ChatModel { get; set; } = string.Empty;

    /// <summary>Chat model (in Azure: deployment) that looks at pictures, which may be the same as <see cref="ChatModel"/> if that one sees; empty for none.</summary>
    public string VisionModel { get; set; } = string.Empty;

    /// <summary>Model (in Azure: deployment) that draws; empty for none.</summary>
    public string ImageModel { get; set; } = string.Empty;

    /// <summary>Model (in Azure: deployment) that embeds; empty for none.</summary>
    public string EmbeddingModel { get; set; } = string.Empty;

    /// <summary>Longest wait for one try of a call.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Tries after the first that fails with 408, 429 or 5xx; the endpoint's Retry-After is honoured.</summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>Longest Retry-After that a call waits for; told to wait longer it fails, and its work comes again later.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What a million tokens sent to the chat model cost, in US dollars, for the cost metric; 0 meters none.</summary>
    public double ChatInputPrice { get; set; }

    /// <summary>What a million tokens from the chat model cost, in US dollars; 0 meters none.</summary>
    public double ChatOutputPrice { get; set; }

    /// <summary>What a picture costs, in US dollars; 0 meters none.</summary>
    public double ImagePrice { get; set; }

    /// <summary>What a million embedded tokens cost, in US dollars; 0 meters none.</summary>
    public double EmbeddingPrice { get; set; }
}
