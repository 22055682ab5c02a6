using System.Text.Json;

namespace ServerlessSocial.ContractTests.Models;

/// <summary>Answers as the public reference of the protocol shows them, and of Azure OpenAI where it differs.</summary>
internal static class Recorded
{
    /// <summary>The smallest PNG there is.</summary>
    public const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    public static RecordedAnswer Chat(string content, string finishReason = "stop") => new(200, $$"""
        {
          "id": "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT", "object": "chat.completion", "created": 1741569952, "model": "gpt-5-mini-2025-08-07",
          "choices": [{
            "index": 0,
            "message": { "role": "assistant", "content": {{JsonSerializer.Serialize(content)}}, "refusal": null, "annotations": [] },
            "logprobs": null, "finish_reason": "{{finishReason}}"
          }],
          "usage": {
            "prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29,
            "prompt_tokens_details": { "cached_tokens": 0, "audio_tokens": 0 },
            "completion_tokens_details": { "reasoning_tokens": 0, "audio_tokens": 0, "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0 }
          },
          "service_tier": "default", "system_fingerprint": null
        }
        """);

    public static RecordedAnswer Refusal { get; } = new(200, """
        {
          "id": "chatcmpl-123", "object": "chat.completion", "created": 1721596428, "model": "gpt-5-mini-2025-08-07",
          "choices": [{
            "index": 0, "message": { "role": "assistant", "content": null, "refusal": "I'm sorry, I cannot assist with that request." },
            "logprobs": null, "finish_reason": "stop"
          }],
          "usage": { "prompt_tokens": 81, "completion_tokens": 11, "total_tokens": 92 }
        }
        """);

    /// <summary>What a content filter says of a prompt: <c>content_filter</c> in Azure, other codes elsewhere.</summary>
    public static RecordedAnswer Filtered(string code) => new(400, $$"""
        {
          "error": {
            "message": "The response was filtered due to the prompt triggering the content management policy. Please modify your prompt and retry.",
            "type": null, "param": "prompt", "code": "{{code}}", "status": 400,
            "innererror": { "code": "ResponsibleAIPolicyViolation", "content_filter_result": { "violence": { "filtered": true, "severity": "medium" } } }
          }
        }
        """);

    public static RecordedAnswer TooLong { get; } = Error(400, "invalid_request_error", "context_length_exceeded");

    public static RecordedAnswer Invalid { get; } = Error(400, "invalid_request_error", "unsupported_value");

    public static RecordedAnswer ServerError { get; } = Error(500, "server_error", null);

    public static RecordedAnswer Throttled(string retryAfter) => Error(429, "tokens", "rate_limit_exceeded") with { RetryAfter = retryAfter };

    public static RecordedAnswer Image { get; } = new(200, $$"""
        {
          "created": 1713833628, "background": "opaque", "output_format": "png", "quality": "high", "size": "1024x1536",
          "data": [{ "b64_json": "{{Png}}" }],
          "usage": { "total_tokens": 100, "input_tokens": 50, "output_tokens": 50, "input_tokens_details": { "text_tokens": 10, "image_tokens": 40 } }
        }
        """);

    public static RecordedAnswer ImageAddress { get; } = new(200, """
        { "created": 1589478378, "data": [{ "url": "http://127.0.0.1:9/picture.png", "revised_prompt": "A picture." }] }
        """);

    /// <summary>Three vectors, told in another order than asked for.</summary>
    public static RecordedAnswer Embeddings { get; } = new(200, """
        {
          "object": "list", "model": "text-embedding-3-small", "usage": { "prompt_tokens": 8, "total_tokens": 8 },
          "data": [
            { "object": "embedding", "index": 2, "embedding": [0.0, 0.0, 1.0] },
            { "object": "embedding", "index": 0, "embedding": [1.0, 0.0, 0.0] },
            { "object": "embedding", "index": 1, "embedding": [0.0, 1.0, 0.0] }
          ]
        }
        """);

    private static RecordedAnswer Error(int status, string type, string? code) => new(
        status, JsonSerializer.Serialize(new { error = new { message = "The request cannot be carried out.", type, param = (string?)null, code } }));
}
